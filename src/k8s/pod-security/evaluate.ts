import type { ObjectMeta, PodSpec } from '../types.ts'
import type { KubernetesVersion } from '../version.ts'
import { baselineChecks } from './baseline.ts'
import type { Examined, Violation } from './examined.ts'
import type { LevelVersion } from './policy.ts'
import { restrictedChecks } from './restricted.ts'

const minorOf = (version: string): number => Number(version.split('.')[1])

/** What of a pod, or of a template, a policy forbids. Policies newer than the API server are as its own. @source policy/registry.go EvaluatePod */
export function violationsOf(
  { level, version }: LevelVersion,
  { spec, metadata = {} }: { spec: PodSpec; metadata?: Partial<ObjectMeta> },
  server: KubernetesVersion,
): Violation[] {
  if (level === 'privileged') return []
  const own = minorOf(server)
  const policy = version === 'latest' ? own : Math.min(own, minorOf(version))
  const pod: Examined = { spec, annotations: metadata.annotations ?? {}, policy, server: own }
  const isRestricted = level === 'restricted'
  const baseline = baselineChecks.filter(
    ([, from = 0, until = 99, restrictedUntil = 99]) => policy >= from && policy < (isRestricted ? Math.min(until, restrictedUntil) : until),
  )
  const restricted = isRestricted ? restrictedChecks.filter(([, from]) => policy >= from) : []
  return [...baseline, ...restricted].flatMap(([check]) => {
    const found = check(pod)
    return found ? [found] : []
  })
}

/** `privileged (container "c" must not …), host namespaces (hostNetwork=true)` */
export const violationsText = (violations: readonly Violation[]): string =>
  violations.map(([reason, detail]) => (detail ? `${reason} (${detail})` : reason)).join(', ')
