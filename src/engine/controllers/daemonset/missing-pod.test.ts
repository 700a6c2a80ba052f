import { describe, expect, it } from 'vitest'
import type { DaemonSet, KubeNode, Pod } from '#k8s/types.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import { missingPodCause } from './missing-pod.ts'
import { createTestBed, daemonSet, L1, node, podOn } from './test-bed.ts'

const surge = { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } }
const terminating = { deletionTimestamp: '2026-01-01T00:00:00Z' }
const inPhase = (pod: Pod, phase: Pod['status']['phase']): Pod => ({ ...pod, status: { phase } })

function bedWith(ds: DaemonSet, on: KubeNode, pod?: Pod, version?: KubernetesVersion) {
  const bed = createTestBed(version)
  bed.put(on)
  bed.put(ds)
  if (pod) bed.put(pod)
  const { context } = bed.controller
  const why = () => missingPodCause(context.state, bed.get('DaemonSet', 'default/foo'), on, pod ? [pod] : [], context.version, bed.nowMs)
  return { bed, why }
}

describe('missingPodCause', () => {
  const ds = daemonSet()
  const n = node('n')

  it('names the verdict when no pod is wanted', () => {
    const { why } = bedWith(ds, node('n', {}, { taints: [{ key: 'a', effect: 'NoSchedule' }] }))
    expect(why()).toMatchObject({ why: 'placement', verdict: { shouldRun: false } })
  })

  it.each<[string, DaemonSet, Pod | undefined, object, KubernetesVersion?]>([
    ['nothing in the way', ds, undefined, { why: 'nextSync' }],
    ['a DaemonSet on its way out', { ...ds, metadata: { ...ds.metadata, ...terminating } }, undefined, { why: 'daemonSetDeleted' }],
    ['a pod that is there', ds, podOn('n', ds, L1, { name: 'p' }), { why: 'none', pod: 'p' }],
    ['a terminating pod', ds, podOn('n', ds, L1, { name: 'p', ...terminating }), { why: 'terminating', pod: 'p' }],
    ['a terminating pod, with surge', daemonSet({ updateStrategy: surge }), podOn('n', ds, L1, terminating), { why: 'nextSync' }],
    ['a failed pod', ds, inPhase(podOn('n', ds, L1, { name: 'p' }), 'Failed'), { why: 'ended', pod: 'p', forever: false }],
    ['a succeeded pod', ds, inPhase(podOn('n', ds, L1, { name: 'p' }), 'Succeeded'), { why: 'ended', pod: 'p', forever: false }],
    ['a succeeded pod in 1.26', ds, inPhase(podOn('n', ds, L1, { name: 'p' }), 'Succeeded'), { why: 'ended', pod: 'p', forever: true }, '1.26'],
  ])('%s', (_, set, pod, expected, version) => {
    expect(bedWith(set, n, pod, version).why()).toEqual(expected)
  })

  it('knows the back-off of a failed pod', () => {
    const { bed, why } = bedWith({ ...ds, status: { ...ds.status, observedGeneration: 1 } }, n, inPhase(podOn('n', ds, L1, { name: 'p' }), 'Failed'))
    bed.nowMs = 5000
    bed.sync()
    expect(why()).toEqual({ why: 'backOff', pod: 'p', untilMs: 6000 })
    bed.nowMs = 6000
    expect(why()).toMatchObject({ why: 'ended' })
  })

  it('knows what the controller waits to see', () => {
    const { bed, why } = bedWith(ds, n)
    bed.controller.expectations.set('default/foo', 2, 0)
    expect(why()).toEqual({ why: 'expectations', creates: 2, deletes: 0, untilMs: 300_000 })
    bed.nowMs = 300_001
    expect(why()).toEqual({ why: 'nextSync' })
  })
})
