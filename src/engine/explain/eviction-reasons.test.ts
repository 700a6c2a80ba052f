import { describe, expect, it } from 'vitest'
import type { Pod } from '#k8s/types.ts'
import type { Cluster } from '../cluster.ts'
import { explain } from './explain.ts'
import { agent, clusterWith, podsOf } from './explain-test-cluster.ts'

const lone = (nodeName: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'lone', namespace: 'default' },
  spec: { nodeName, containers: [{ name: 'c', image: 'i' }] },
})

/** Nodes n1 … nN with an agent each and a pod of nobody's on n1; then the kubelets of the first `silent` stop. */
function silentCluster(nodes: number, silent: number): Cluster {
  const names = Array.from({ length: nodes }, (_, i) => `n${i + 1}`)
  const cluster = clusterWith(
    names.map((name) => ({ name })),
    agent(),
    { version: '1.23' },
  )
  cluster.client.create(lone('n1') as Parameters<Cluster['client']['create']>[0])
  cluster.settle()
  for (const name of names.slice(0, silent)) cluster.fault({ fail: name }, 'stops')
  return cluster
}

const ofNode = (cluster: Cluster, name: string) => explain(cluster, { about: 'node', name }).reasons
const ofPod = (cluster: Cluster, name: string) => explain(cluster, { about: 'pod', namespace: 'default', name }).reasons
const said = (reasons: readonly { rule?: string; text: string }[], rule: string) => reasons.find((reason) => reason.rule === rule)?.text
const agentOn = (cluster: Cluster, node: string) =>
  podsOf(cluster).find((pod: Pod) => pod.spec.nodeName === node && pod.metadata.name !== 'lone')?.metadata.name ?? ''

/** `00:01:05` of a sentence, seconds. */
const timeIn = (text: string | undefined): number => {
  const [, h, m, s] = /t = (\d\d):(\d\d):(\d\d)/.exec(text ?? '') ?? []
  return Number(h) * 3600 + Number(m) * 60 + Number(s)
}

describe('why a pod on a silent node is not evicted (yet)', () => {
  it('NL-2.2: nobody has noticed; the time said is the time it happens', () => {
    const cluster = silentCluster(3, 1)
    const atSeconds = timeIn(said(ofNode(cluster, 'n1'), 'NL-2.2'))
    cluster.runUntil(atSeconds * 1000 - 1000)
    expect(said(ofNode(cluster, 'n1'), 'NL-2')).toBeUndefined()
    cluster.runUntil(atSeconds * 1000 + 100)
    expect(said(ofNode(cluster, 'n1'), 'NL-2')).toContain('Unknown')
    expect(said(ofPod(cluster, 'lone'), 'NL-4.1')).toContain('queues it for its NoExecute taint')
  })

  it('NL-4.3: the rate limit, with its turn; NL-6.3: the countdown; NL-6.2: a daemon pod stays for ever', () => {
    const cluster = silentCluster(5, 2)
    cluster.runUntil(50_000)
    const turn = said(ofNode(cluster, 'n2'), 'NL-4.3')
    expect(turn).toContain('in the cluster one node is tainted every 10 s')
    expect(said(ofNode(cluster, 'n1'), 'NL-4.2')).toBeDefined()
    const deletedAt = timeIn(said(ofPod(cluster, 'lone'), 'NL-6.3'))
    expect(said(ofPod(cluster, agentOn(cluster, 'n1')), 'NL-6.2')).toContain('for ever: it is not evicted')
    cluster.runUntil(timeIn(turn) * 1000 + 100)
    expect(said(ofNode(cluster, 'n2'), 'NL-4.2')).toBeDefined()
    cluster.runUntil(deletedAt * 1000 - 1100)
    expect(podsOf(cluster).find((p) => p.metadata.name === 'lone')?.metadata.deletionTimestamp).toBeUndefined()
    cluster.runUntil(deletedAt * 1000 + 100)
    expect(podsOf(cluster).find((p) => p.metadata.name === 'lone')?.metadata.deletionTimestamp).toBeDefined()
    expect(said(ofPod(cluster, 'lone'), 'NL-6.7')).toContain('node.kubernetes.io/unreachable:NoExecute')
  })

  it('NL-5.4: full disruption', () => {
    const cluster = silentCluster(3, 3)
    cluster.runFor(120_000)
    expect(said(ofNode(cluster, 'n2'), 'NL-5.4')).toContain('no node is Ready anywhere')
    expect(said(ofPod(cluster, 'lone'), 'NL-5.4')).toBeDefined()
  })

  it('NL-5.3: partial disruption', () => {
    const cluster = silentCluster(5, 3)
    cluster.runFor(120_000)
    expect(said(ofPod(cluster, 'lone'), 'NL-5.3')).toContain('3 of 5 nodes of the cluster are not Ready')
  })

  it('NL-7.3: its node is gone, and PodGC comes at the time it says', () => {
    const cluster = silentCluster(3, 0)
    cluster.fault({ remove: 'n1' }, 'goes')
    expect(said(ofPod(cluster, 'lone'), 'NL-7.3')).toContain('next pass')
    cluster.runFor(21_000)
    const atSeconds = timeIn(said(ofPod(cluster, 'lone'), 'NL-7.3'))
    cluster.runUntil(atSeconds * 1000 - 1100)
    expect(podsOf(cluster).map((p) => p.metadata.name)).toContain('lone')
    cluster.runUntil(atSeconds * 1000 + 100)
    expect(podsOf(cluster).map((p) => p.metadata.name)).not.toContain('lone')
  })
})
