/** The phase by what containers do (KL-2.1), and which ones are started again (KL-5.9). */
import { describe, expect, it } from 'vitest'
import type { Container, ContainerState, ContainerStatus, PodPhase } from '#k8s/types.ts'
import { clusterWith, phase } from './fleet-test-cluster.ts'
import { podPhase } from './pod-phase.ts'
import { isRestarted } from './restart-policy.ts'

const ended = (exitCode: number): ContainerState => ({ terminated: { exitCode, reason: '', startedAt: null, finishedAt: null } })

/** `+` runs, `*` started, `?` waits, a digit = ended with it, `?` and a digit = waits after it ended with that. */
function statusOf(name: string, text: string): ContainerStatus {
  const status = { name, lastState: {}, ready: false, restartCount: 0, image: '', imageID: '', started: text === '*' }
  if (text === '+' || text === '*') return { ...status, state: { running: { startedAt: '2026-01-01T00:00:00Z' } } }
  if (!text.startsWith('?')) return { ...status, state: ended(Number(text)) }
  return { ...status, state: { waiting: { reason: '' } }, lastState: text.length > 1 ? ended(Number(text.slice(1))) : {} }
}

const statuses = (names: string, text: string) =>
  text
    .split(' ')
    .filter(Boolean)
    .map((t, i) => statusOf(names[i] as string, t))

/** `restartPolicy` of X (an init container) and of A and B (regular ones), the pod's in between. */
function phaseOf(policy: string, x: string | undefined, inits: string, regular: string): PodPhase {
  const containers = ['A', 'B'].map((name) => ({ name }))
  const initContainers = x === undefined ? undefined : [{ name: 'X', ...(x && { restartPolicy: x }) }]
  return podPhase({ restartPolicy: policy, initContainers, containers }, statuses('X', inits), statuses('AB', regular))
}

describe('KL-2.1 the phase', () => {
  it.each<[string, string, PodPhase]>([
    ['Always', '', 'Pending'],
    ['Always', '+ +', 'Running'],
    ['Always', '0 0', 'Running'],
    ['Always', '+ 0', 'Running'],
    ['Always', '+', 'Pending'],
    ['Always', '+ ?', 'Pending'],
    ['Always', '+ ?0', 'Running'],
    ['Never', '0 0', 'Succeeded'],
    ['Never', '1 1', 'Failed'],
    ['Never', '+ 0', 'Running'],
    ['Never', '+ ?', 'Pending'],
    ['OnFailure', '0 0', 'Succeeded'],
    ['OnFailure', '1 1', 'Running'],
    ['OnFailure', '+ ?', 'Pending'],
    ['OnFailure', '+ ?0', 'Running'],
  ])('%s, containers "%s": %s', (policy, regular, expected) => {
    expect(phaseOf(policy, undefined, '', regular)).toBe(expected)
  })
  it.each<[string, string, string, PodPhase]>([
    ['Always', '+', '? ?', 'Pending'],
    ['Always', '1', '? ?', 'Pending'],
    ['Always', '?0', '? ?', 'Pending'],
    ['Always', '?1', '? ?', 'Pending'],
    ['Always', '0', '+ +', 'Running'],
    ['Never', '+', '? ?', 'Pending'],
    ['Never', '1', '? ?', 'Failed'],
    ['Never', '?0', '? ?', 'Pending'],
    ['Never', '?1', '? ?', 'Failed'],
    ['Never', '0', '+ +', 'Running'],
  ])('%s, an init container "%s", then "%s": %s', (policy, inits, regular, expected) => {
    expect(phaseOf(policy, '', inits, regular)).toBe(expected)
  })
  it.each<[string, string, string, PodPhase]>([
    ['Always', '+', '? ?', 'Pending'],
    ['Always', '1', '? ?', 'Pending'],
    ['Always', '?1', '? ?', 'Pending'],
    ['Always', '*', '+ ?', 'Pending'],
    ['Always', '*', '+ +', 'Running'],
    ['Always', '+', '+ +', 'Running'],
    ['Always', '0', '+ +', 'Running'],
    ['Always', '?0', '+ +', 'Running'],
    ['Never', '*', '+ ?', 'Pending'],
    ['Never', '*', '0 0', 'Running'],
    ['Never', '+', '0 0', 'Running'],
    ['Never', '0', '0 0', 'Succeeded'],
    ['Never', '1', '0 0', 'Succeeded'],
    ['Never', '?0', '0 0', 'Succeeded'],
    ['Never', '?1', '0 0', 'Succeeded'],
  ])('%s, a sidecar "%s" beside "%s": %s', (policy, inits, regular, expected) => {
    expect(phaseOf(policy, 'Always', inits, regular)).toBe(expected)
  })
  it.each<[string, string, string | undefined, string | undefined, string, PodPhase]>([
    ['one is not to be restarted', 'Always', 'Never', 'Never', '1 0', 'Failed'],
    ['one is to be restarted if it fails', 'Always', 'OnFailure', 'Never', '1 0', 'Running'],
    ['one is always to be restarted', 'Never', 'Always', undefined, '0 1', 'Running'],
    ['none is restarted any more', 'Always', 'Never', 'OnFailure', '1 0', 'Failed'],
    ['all ended well', 'Always', 'Never', 'OnFailure', '0 0', 'Succeeded'],
  ])('policies of containers: %s', (_what, policy, a, b, regular, expected) => {
    const containers = [a, b].map((restartPolicy, i) => ({ name: 'AB'[i] as string, restartPolicy }))
    expect(podPhase({ restartPolicy: policy, containers }, [], statuses('AB', regular))).toBe(expected)
  })
  it.each<[string, string, PodPhase]>([
    ['Always', 'Never', 'Failed'],
    ['Never', 'OnFailure', 'Pending'],
    ['Never', 'Always', 'Pending'],
  ])('pod %s, an init container with %s that failed: %s', (policy, x, expected) => {
    expect(phaseOf(policy, x, '1', '? ?')).toBe(expected)
  })
})

describe('KL-5.9 rules about exit codes come before the policy', () => {
  const rule = (operator: string, values?: number[]) => ({ action: 'Restart', exitCodes: { operator, values } })
  it.each<[Container['restartPolicyRules'], string, number, boolean]>([
    [[rule('In', [42])], 'Never', 42, true],
    [[rule('In', [42])], 'Never', 1, false],
    [[rule('In', [42])], 'OnFailure', 1, true],
    [[rule('NotIn', [1])], 'Never', 42, true],
    [[rule('NotIn', [1])], 'Never', 1, false],
    [[rule('In', [1]), rule('In', [2])], 'Never', 2, true],
    [[rule('In')], 'Never', 0, false],
    [[rule('In', [0])], 'Never', 0, true],
  ])('%j, policy %s, exit code %d: %s', (restartPolicyRules, restartPolicy, exitCode, expected) => {
    const container = { name: 'c', restartPolicy, restartPolicyRules }
    expect(isRestarted({ containers: [container] }, container, exitCode)).toBe(expected)
  })
  it('a container that is not restarted leaves the others running; with the last one the pod fails', () => {
    const c = clusterWith([{ name: 'n1' }], '1.36')
    const containers = ['c', 'd'].map((name) => ({ name, image: `${name}:v1`, restartPolicy: 'Never' }))
    c.createPod('p', 'n1', { restartPolicy: 'Always', containers })
    c.runFor(10_000)
    c.fault({ crash: { pod: 'p', container: 'c', exitCode: 3 } })
    c.runFor(30_000)
    expect([phase(c), c.pod('p')?.status.containerStatuses?.map(({ state }) => state.terminated?.exitCode)]).toEqual(['Running', [3, undefined]])
    c.fault({ crash: { pod: 'p', container: 'd', exitCode: 0 } })
    c.runFor(5000)
    expect([phase(c), c.pod('p')?.status.containerStatuses?.map(({ restartCount }) => restartCount)]).toEqual(['Failed', [0, 0]])
  })
})
