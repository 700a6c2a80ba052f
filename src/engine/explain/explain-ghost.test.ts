import { describe, expect, it } from 'vitest'
import type { Cluster } from '../cluster.ts'
import { GhostBoard } from '../worker/ghosts.ts'
import { explain } from './explain.ts'
import { agent, clusterWith, podsOf } from './explain-test-cluster.ts'

const why = (cluster: Cluster, node = 'a') => explain(cluster, { about: 'ghost', node, namespace: 'default', daemonset: 'agent' })
const ghosts = (cluster: Cluster) => new GhostBoard(cluster).update({ added: new Map(), removed: new Map(), updated: new Map() }, true)
const failed = { podFails: { name: 'a', app: 'agent' } }

describe('why there is no pod', () => {
  it('placement: the rule that says no (DS-4.6)', () => {
    const taint = { key: 'gpu', value: 'yes', effect: 'NoSchedule' }
    const cluster = clusterWith([{ name: 'a', taints: [taint] }], agent())
    expect(why(cluster).summary).toContain('does not want one there')
    expect(why(cluster).reasons.at(-1)).toMatchObject({ verdict: 'no', rule: 'DS-4.6' })
    expect(ghosts(cluster)?.a).toEqual([{ namespace: 'default', daemonset: 'agent', reason: 'taint', detail: 'gpu=yes:NoSchedule' }])
  })

  it('DS-4.2: what no command can change keeps back what could not help', () => {
    const taint = { key: 'gpu', effect: 'NoSchedule' }
    const nodes = [{ name: 'a', taints: [taint] }, { name: 'b' }]
    const taints = clusterWith(nodes, agent())
    expect(why(taints).remedies.map(({ command }) => command)).toEqual([
      expect.stringMatching(/^kubectl patch/),
      'kubectl taint nodes a gpu:NoSchedule-',
    ])
    const named = clusterWith(nodes, agent({}, { nodeName: 'b' }))
    expect(why(named)).toMatchObject({ reasons: expect.arrayContaining([expect.objectContaining({ verdict: 'no', rule: 'DS-4.2' })]), remedies: [] })
  })

  it('DS-4.4: which expression of the affinity fails, and the label that would help where one would', () => {
    const affinity = (terms: object[]) => ({
      affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms } } },
    })
    const asked = (...terms: object[]) => {
      const { reasons, remedies } = why(clusterWith([{ name: 'a', labels: { zone: 'x' } }], agent({}, affinity(terms))))
      return [reasons.find(({ rule, verdict }) => rule === 'DS-4.4' && verdict === 'no')?.text, ...remedies.map(({ command }) => command)]
    }
    const disk = { key: 'disk', operator: 'In', values: ['ssd', 'nvme'] }
    const zone = { key: 'zone', operator: 'NotIn', values: ['x'] }
    expect(asked({ matchExpressions: [disk] })).toEqual([
      'node affinity: it asks for `disk In [ssd, nvme]`, but the node has no label `disk`',
      'kubectl label node a disk=ssd --overwrite',
    ])
    // to take a label away, or to satisfy one of several terms, is not for a button
    expect(asked({ matchExpressions: [zone] })).toEqual(['node affinity: it asks for `zone NotIn [x]`, but the node has `zone=x`'])
    expect(asked({ matchExpressions: [disk] }, { matchFields: [{ key: 'metadata.name', operator: 'In', values: ['b'] }] })).toEqual([
      'node affinity: none of its 2 terms matches: `disk In [ssd, nvme]`, but the node has no label `disk` – or `metadata.name In [b]`, but the node has `metadata.name=a`',
    ])
    expect(asked({})).toEqual(['node affinity: it asks for an empty term, which matches no node'])
  })

  it('the controller has not heard yet that its pod is gone: it is not there any more', () => {
    const cluster = clusterWith([{ name: 'a' }], agent())
    cluster.client.delete({ kind: 'Pod', namespace: 'default', name: podsOf(cluster)[0]?.metadata.name ?? '' }, { gracePeriodSeconds: 0 })
    expect(why(cluster).title).toBe('Why is there no agent pod on a?')
    expect(why(cluster).summary).toContain('creates the pod as soon as it syncs')
  })

  it('a node that is gone takes its ghosts along: the next one of its name begins without', () => {
    const cluster = clusterWith([{ name: 'a', taints: [{ key: 'gpu', effect: 'NoSchedule' }] }, { name: 'b' }], agent())
    const board = new GhostBoard(cluster)
    const nothing = { added: new Map(), removed: new Map(), updated: new Map() }
    expect(board.update(nothing, true)?.a).toHaveLength(1)
    cluster.fault({ remove: 'a' }, 'leaves')
    cluster.settle()
    expect(board.update(nothing)).toEqual({ a: [] })
    expect(board.update(nothing)).toBeUndefined()
  })

  it('a DaemonSet that is being deleted takes its ghosts along', () => {
    const cluster = clusterWith([{ name: 'a', taints: [{ key: 'gpu', effect: 'NoSchedule' }] }], agent())
    const board = new GhostBoard(cluster)
    const ref = { kind: 'DaemonSet', namespace: 'default', name: 'agent' } as const
    board.update({ added: new Map(), removed: new Map(), updated: new Map() }, true)
    const before = cluster.client.get(ref)
    cluster.client.patch(ref, 'merge', { metadata: { finalizers: ['x.io/hold'] } })
    cluster.client.delete(ref)
    const updated = new Map([['agent', [before, cluster.client.get(ref)] as [typeof before, typeof before]]])
    expect(board.update({ added: new Map(), removed: new Map(), updated })).toEqual({ a: [] })
  })

  it('a pod that is there', () => {
    const cluster = clusterWith([{ name: 'a' }], agent())
    expect(why(cluster).title).toBe('Why does agent have a pod on a?')
    expect(why(cluster).summary).toContain(podsOf(cluster)[0]?.metadata.name)
    expect(ghosts(cluster)?.a).toEqual([])
  })

  it('a terminating pod whose kubelet has stopped keeps its successor away (DS-6.8)', () => {
    const cluster = clusterWith([{ name: 'a' }], agent())
    const name = podsOf(cluster)[0]?.metadata.name ?? ''
    cluster.fault({ fail: 'a' }, 'stop')
    cluster.client.delete({ kind: 'Pod', namespace: 'default', name })
    cluster.runFor(1000)
    expect(why(cluster).summary).toBe(`${name} is still terminating; its successor comes when it is gone.`)
    expect(why(cluster).reasons.at(-1)).toMatchObject({ verdict: 'open', rule: 'DS-6.8' })
  })

  it('the back-off of a failed pod, and when it ends (DS-6.4)', () => {
    const cluster = clusterWith([{ name: 'a' }], agent())
    const running = () => podsOf(cluster).some(({ status }) => status.phase === 'Running')
    // the first failure is followed at once by a new pod; one that fails within a second is left alone for the rest of it
    cluster.fault(failed, 'fails')
    while (running()) cluster.step()
    while (!running()) cluster.step()
    cluster.fault(failed, 'fails again')
    cluster.runFor(100)
    expect(podsOf(cluster)).toMatchObject([{ status: { phase: 'Failed' } }])
    const backOff = ghosts(cluster)?.a?.find(({ reason }) => reason === 'back-off')?.detail
    expect(backOff).toMatch(/^until \d\d:\d\d:\d\d$/)
    const { summary, reasons } = why(cluster)
    expect(summary).toContain(`leaves it alone until t = ${backOff?.slice(6)}`)
    expect(reasons.at(-1)).toMatchObject({ verdict: 'open', rule: 'DS-6.4' })
    cluster.settle(30_000)
    expect(ghosts(cluster)?.a).toEqual([])
  })

  describe('the API server refuses it (DS-7.4)', () => {
    const enforce = (cluster: Cluster, level: string) =>
      cluster.client.patch({ kind: 'Namespace', name: 'default' }, 'merge', {
        metadata: { labels: { 'pod-security.kubernetes.io/enforce': level } },
      })
    const refused = (level: string, pod: object) => {
      const cluster = clusterWith([], agent({}, pod))
      enforce(cluster, level)
      cluster.fault({ add: [{ name: 'a' }] }, 'join')
      cluster.runFor(10_000)
      return cluster
    }

    it('PodSecurity: what breaks the level, a level that lets it in, and no patch where none helps', () => {
      const cluster = refused('restricted', { hostNetwork: true })
      const { summary, reasons, remedies } = why(cluster)
      expect(summary).toBe('The API server refuses the pod: its namespace enforces Pod Security at the level restricted, and the template breaks it.')
      expect(reasons.at(-1)).toMatchObject({ verdict: 'no', rule: 'DS-7.4' })
      expect(reasons.at(-1)?.text).toContain('violates PodSecurity "restricted:latest": host namespaces (hostNetwork=true), allowPriv')
      expect(remedies.map(({ command }) => command)).toEqual(['kubectl label ns default pod-security.kubernetes.io/enforce=privileged --overwrite'])
      expect(ghosts(cluster)?.a).toMatchObject([{ reason: 'refused' }])
      expect(explain(cluster, { about: 'number', namespace: 'default', daemonset: 'agent', number: 'current' }).reasons).toMatchObject([
        { text: expect.stringContaining('violates PodSecurity'), rule: 'DS-7.4' },
      ])
    })

    it('PodSecurity: each remedy helps', () => {
      const remedies = why(refused('restricted', {})).remedies
      expect(remedies.map(({ command }) => command)).toEqual([
        expect.stringMatching(/^kubectl patch ds agent -n default -p '/),
        'kubectl label ns default pod-security.kubernetes.io/enforce=baseline --overwrite',
      ])
      const patched = refused('restricted', {})
      const patch = JSON.parse(/'(.*)'/.exec(remedies[0]?.command ?? '')?.[1] ?? '')
      patched.client.patch({ kind: 'DaemonSet', namespace: 'default', name: 'agent' }, 'strategic', patch)
      patched.runFor(60_000)
      const labelled = refused('restricted', {})
      enforce(labelled, /enforce=(\w+)/.exec(remedies[1]?.command ?? '')?.[1] ?? '')
      expect(ghosts(labelled)?.a).toMatchObject([{ reason: 'waiting' }])
      labelled.runFor(120_000)
      for (const cluster of [patched, labelled]) expect(podsOf(cluster)).toMatchObject([{ status: { phase: 'Running' } }])
    })

    it('a priority class that is not there', () => {
      const cluster = clusterWith([{ name: 'a' }], agent({}, { priorityClassName: 'none' }))
      expect(why(cluster)).toMatchObject({ summary: 'The API server refuses the pod: no PriorityClass with name none was found.', remedies: [] })
      expect(ghosts(cluster)?.a).toMatchObject([{ reason: 'refused' }])
      const value = { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'none' }, value: 1 }
      cluster.client.create(value as Parameters<typeof cluster.client.create>[0])
      expect(why(cluster).summary).toContain('creates the pod as soon as it syncs')
    })
  })

  it('nothing in the way: the next sync (DS-7.1)', () => {
    const cluster = clusterWith([{ name: 'a', taints: [{ key: 'gpu', effect: 'NoSchedule' }] }], agent())
    const node = cluster.client.get({ kind: 'Node', name: 'a' })
    cluster.client.update({ ...node, spec: {} } as typeof node)
    expect(why(cluster).summary).toContain('creates the pod as soon as it syncs')
    expect(ghosts(cluster)?.a).toMatchObject([{ reason: 'waiting' }])
    cluster.settle()
    expect(podsOf(cluster)).toHaveLength(1)
  })
})
