import { expect, it } from 'vitest'
import { type ChangeName, changes, type KubernetesVersion, versions } from '#k8s/version.ts'

/** One small story, and what it shows on the version before a change and on the one since. */
export interface ChangeCase {
  readonly change: ChangeName
  /** More than one story may show a change. */
  readonly where?: string
  readonly play: (version: KubernetesVersion) => unknown
  readonly before: unknown
  readonly since: unknown
}

/** Plays every story on both sides of its change. */
export function testChanges(cases: readonly ChangeCase[]): void {
  for (const { change, where, play, before, since } of cases) {
    const version = changes[change].since
    const previous = versions[versions.indexOf(version) - 1] as KubernetesVersion
    it(`${change}${where ? ` (${where})` : ''}: ${changes[change].what}`, () => {
      expect(play(previous), previous).toEqual(before)
      expect(play(version), version).toEqual(since)
    })
  }
}
