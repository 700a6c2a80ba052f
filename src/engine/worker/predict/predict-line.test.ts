import { describe, expect, it } from 'vitest'
import { finishPortions } from '#scenario/play.ts'
import { Cluster } from '../../cluster.ts'
import { predictingLine } from './predict-line.ts'

const workload = (kind: string, name: string, spec = {}) => ({
  apiVersion: 'apps/v1',
  kind,
  metadata: { name, namespace: 'default' },
  spec: {
    selector: { matchLabels: { app: name } },
    template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: 'c', image: 'i' }] } },
    ...spec,
  },
})

/** Two nodes with a DaemonSet, and a Deployment that can run on any of them. */
function cluster(): Cluster {
  const made = new Cluster({ seed: 3 })
  made.fault({ add: [{ name: 'a' }, { name: 'b' }] }, 'join')
  made.settle()
  made.client.create(workload('DaemonSet', 'agent') as never)
  made.client.create(workload('Deployment', 'web', { replicas: 4 }) as never)
  made.settle(20_000, 120_000)
  return made
}

const ahead = (of: Cluster, line: string) => finishPortions(predictingLine(of, line))
const rows = (of: Cluster, line: string) => ahead(of, line).pods.map(({ what, owner, node }) => `${what} ${owner} ${node ?? ''}`.trim())

describe('what a command would do', () => {
  it('a taint: who goes, who comes instead, and the cluster is as it was', () => {
    const one = cluster()
    const before = [one.revision, one.nowMs, one.steps]
    expect(rows(one, 'kubectl taint nodes a gpu:NoSchedule')).toEqual([])
    const found = rows(one, 'kubectl taint nodes a gpu:NoExecute')
    expect(found).toContain('deleted DaemonSet agent a')
    expect(found.filter((row) => row.includes('Deployment web')).every((row) => row.endsWith(' b') || row.startsWith('deleted'))).toBe(true)
    expect([one.revision, one.nowMs, one.steps]).toEqual(before)
  })

  it('a drain, which waits, is seen to its end: daemon pods stay', () => {
    const found = ahead(cluster(), 'kubectl drain a --ignore-daemonsets')
    expect(found.results).toEqual([{ ok: true, message: 'kubectl drain a --ignore-daemonsets' }])
    expect(found.settled).toBe(true)
    const owners = new Set(found.pods.map(({ owner }) => owner))
    expect([...owners]).toEqual(['Deployment web'])
    expect(found.workloads).toMatchObject([{ kind: 'Deployment', name: 'web', desired: 4, available: 4 }])
  })

  it('a command that is refused: in its own words, and nothing happens', () => {
    const found = ahead(cluster(), 'kubectl taint nodes nope gpu:NoSchedule')
    expect(found).toMatchObject({
      results: [{ ok: false, message: 'Error from server (NotFound): nodes "nope" not found' }],
      pods: [],
      workloads: [],
    })
  })
})
