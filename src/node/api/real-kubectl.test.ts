import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { isKubernetesVersion } from '#k8s/version.ts'
import { type Both, loadFold, playBoth, scenariosFolder, scenarioText } from './testing/play-both.ts'
import { hasKubectl, type LineResult } from './testing/real-kubectl.ts'
import { verbs } from './testing/verbs.ts'

/** Those that between them have most verbs; `REAL_KUBECTL=all` plays every scenario, or `REAL_KUBECTL=id,id` these. */
const representative = [verbs.id, 'article', 'cordon-and-drain', 'kubectl-output', 'kubectl-errors', 'rolling-update', 'validation']

const asked = process.env.REAL_KUBECTL ?? ''
const all = () => [verbs.id, ...readdirSync(scenariosFolder).map((f) => f.replace(/\.yaml$/, ''))]
const ids = asked === 'all' ? all() : asked ? asked.split(',') : representative

/** The version of the simulated cluster; its own kubectl is as new as the one it is compared with. */
const wanted = process.env.KUBERNETES_VERSION ?? '1.33'
const version = isKubernetesVersion(wanted) ? wanted : '1.33'

const fold = await loadFold()

const texts = ({ stdout, stderr, exit, after }: LineResult & { after: string }) => {
  const folded = (text: string) =>
    fold(text)
      .split('\n')
      .map((line) => line.replace(/[ \t]+/g, ' ').trim())
  return { stdout: folded(stdout), stderr: folded(stderr), exit, after: folded(after) }
}

const side = (both: Both[], which: 'real' | 'ours') => both.map((b) => ({ at: b.at, ...texts(b[which]) }))

describe.skipIf(!hasKubectl).concurrent('the real kubectl against the simulated cluster says what our kubectl says', () => {
  for (const id of ids) {
    it(id, { timeout: 600_000 }, async () => {
      const both = await playBoth(id === verbs.id ? verbs : publicScenario(id), version)
      expect(side(both, 'ours')).toEqual(side(both, 'real'))
    })
  }
})
