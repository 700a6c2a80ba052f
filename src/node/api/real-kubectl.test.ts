import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { DaemonSet } from '#k8s/types.ts'
import { isKubernetesVersion, newestVersion } from '#k8s/version.ts'
import { differences } from './testing/differences.ts'
import { playBoth, publicScenario, scenariosFolder } from './testing/play-both.ts'
import { findKubectl, RealKubectl } from './testing/real-kubectl.ts'
import { verbScenarios } from './testing/verbs.ts'
import { agentCluster, watchBoth } from './testing/watch-both.ts'

/** Those that between them have most verbs; `REAL_KUBECTL=all` plays every scenario, or `REAL_KUBECTL=id,id` these. */
const representative = [...verbScenarios.keys(), 'article', 'kubectl-output']

const asked = process.env.REAL_KUBECTL ?? ''
const all = () => [...verbScenarios.keys(), ...readdirSync(scenariosFolder).map((f) => f.replace(/\.yaml$/, ''))]
const ids = asked === 'all' ? all() : asked ? asked.split(',') : representative

const wanted = process.env.KUBERNETES_VERSION ?? ''

const { path, minor } = (await findKubectl(isKubernetesVersion(wanted) ? wanted : '1.33')) ?? { path: '', minor: 0 }

/** The version of the simulated cluster: `$KUBERNETES_VERSION`, else the real kubectl's, since ours is as new as its cluster (at least 1.33). */
const own = `1.${Math.max(minor, 33)}`
const version = isKubernetesVersion(wanted) ? wanted : isKubernetesVersion(own) ? own : newestVersion

/** How 1.32 differs is known; older ones are not compared. */
const comparable = path !== '' && minor >= 32

describe.skipIf(!comparable).concurrent('the real kubectl against the simulated cluster says what our kubectl says', () => {
  for (const id of ids) {
    it(id, { timeout: 600_000 }, async () => {
      const both = await playBoth(verbScenarios.get(id) ?? publicScenario(id), version, path)
      expect(both.length).toBeGreaterThan(0)
      expect(await differences(both, minor)).toEqual([])
    })
  }
})

describe.skipIf(!comparable)('what only the real kubectl can show', () => {
  it('get --watch tells the same rows', { timeout: 60_000 }, async () => {
    const both = await watchBoth('get pods -w --output-watch-events', 'set image ds/agent agent=agent:v2', version, path)
    expect(await differences([both], minor)).toEqual([])
  })

  it('edit', { timeout: 60_000 }, async () => {
    const cluster = agentCluster(version)
    const kubectl = await RealKubectl.start(cluster, path)
    const edit = (editor: string) => kubectl.run(`KUBE_EDITOR="${editor}" kubectl edit ds agent`)
    try {
      expect(await edit('sed -i s/agent:v1/agent:v2/')).toMatchObject({ stdout: 'daemonset.apps/agent edited\n', exit: 0 })
      expect(await edit('true')).toMatchObject({ stderr: 'Edit cancelled, no changes made.\n', exit: 0 })
      expect(await edit('sed -i s/maxUnavailable:.*/maxUnavailable:x/')).toMatchObject({ exit: 1 })
    } finally {
      await kubectl.close()
    }
    const set = cluster.client.get({ kind: 'DaemonSet', namespace: 'default', name: 'agent' }) as DaemonSet
    expect(set.spec.template.spec.containers[0]?.image).toBe('agent:v2')
  })
})
