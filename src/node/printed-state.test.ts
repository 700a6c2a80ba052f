/** What kubectl shows of events, of pods on dead nodes, and of deletions, in a whole cluster. */
import { describe, expect, it } from 'vitest'
import { Bench, daemonSet, pod } from './version-changes/bench.ts'

const machines = ['a', 'b', 'c'].map((name) => ({ name }))

describe('events in kubectl describe', () => {
  const rows = (text: string) =>
    text
      .slice(text.indexOf('Events:'))
      .split('\n')
      .slice(3)
      .filter(Boolean)
      .map((line) => line.trim().split(/ {2,}/))

  it('EV-1.5, TRAP-8 FailedScheduling is there once for some six minutes, with its first text', () => {
    const b = new Bench('1.23', machines)
    b.apply(pod('p', { nodeSelector: { disk: 'ssd' } }), 1)
    // another reason from now on, and attempts of which the server is not told
    b.run('kubectl taint node a x=y:NoSchedule', undefined, 60)
    b.run('kubectl taint node b x=y:NoSchedule', undefined, 200)
    const shown = rows(b.run('kubectl describe pod p', undefined, 0))
    const first = "0/3 nodes are available: 3 node(s) didn't match Pod's node affinity/selector."
    expect(shown.map(([type, reason, , from]) => [type, reason, from])).toEqual(
      Array(shown.length).fill(['Warning', 'FailedScheduling', 'default-scheduler']),
    )
    expect(shown[0]?.[4]).toBe(first)
    expect(b.pod('p')?.status.conditions?.find(({ type }) => type === 'PodScheduled')?.message).toBe(
      "0/3 nodes are available: 1 node(s) didn't match Pod's node affinity/selector, 2 node(s) had taint {x: y}, that the pod didn't tolerate.",
    )
  })

  it('EV-1.7 by the time they were last seen, repeated ones with their number and span', () => {
    const b = new Bench('1.36', [{ name: 'a' }], 'believable')
    b.fault({ crashingImages: { images: ['crash'], afterSeconds: 1 } })
    b.apply(pod('p', { containers: [{ name: 'c', image: 'crash:v1' }] }), 35)
    const shown = rows(b.run('kubectl describe pod p', undefined, 0))
    expect(shown.every((row) => row.length === 5)).toBe(true)
    const ages = Object.fromEntries(shown.map(([, reason, age]) => [reason ?? '', age ?? '']))
    expect(ages.Scheduled).toMatch(/^\d+s$/)
    expect(ages.Started).toMatch(/^\d+s \(x3 over \d+s\)$/)
    // the scheduler's event has no lastTimestamp and stands first
    expect(shown[0]?.[1]).toBe('Scheduled')
    const seconds = shown.slice(1).map(([, , age]) => Number.parseInt(age ?? '', 10))
    expect(seconds).toEqual(seconds.toSorted((x, y) => y - x))
  })
})

it('PR-1.7 a pod on a dead node is Running and counted as ready, though its condition Ready is False', () => {
  const b = new Bench('1.36', machines, 'believable')
  b.apply(daemonSet('agent'), 20)
  b.fault({ fail: 'b' })
  b.cluster.runFor(90_000)
  const onB = b.pods().find((p) => p.spec.nodeName === 'b')
  expect(onB?.status.conditions?.find(({ type }) => type === 'Ready')?.status).toBe('False')
  const lines = b.run('kubectl get pods --no-headers').trim().split('\n')
  expect(lines.map((line) => line.split(/ +/).slice(1, 4))).toEqual(Array(3).fill(['1/1', 'Running', '0']))
  expect(b.run('kubectl get nodes --no-headers').split('\n')[1]).toMatch(/^b +NotReady /)
})

describe('GC-5.1 kubectl delete', () => {
  const bench = () => {
    const b = new Bench('1.36', machines, 'believable')
    b.apply(daemonSet('agent'), 20)
    return b
  }
  const line = 'daemonset.apps "agent" deleted from default namespace\n'

  it('says so at once and waits until the object is gone: of a pod for its grace, of a DaemonSet in the background for nothing', () => {
    const b = bench()
    const [name] = b.pods().map((p) => p.metadata.name)
    const from = b.cluster.nowMs
    expect(b.run(`kubectl delete pod ${name}`, undefined, 0)).toBe(`pod "${name}" deleted from default namespace\n`)
    expect(b.pod(name ?? '')).toBeUndefined()
    expect(b.cluster.nowMs - from).toBeGreaterThan(500)
    expect(b.run('kubectl delete ds agent', undefined, 0)).toBe(line)
    expect(b.pods()).not.toEqual([])
  })

  it('in the foreground it waits for the pods, too, unless told not to', () => {
    const b = bench()
    expect(b.run('kubectl delete ds agent --cascade=foreground', undefined, 0)).toBe(line)
    expect(b.pods()).toEqual([])
    const hasty = bench()
    expect(hasty.run('kubectl delete ds agent --cascade=foreground --wait=false', undefined, 0)).toBe(line)
    expect(hasty.pods()).toHaveLength(3)
    expect(hasty.run('kubectl get ds agent --no-headers', undefined, 0)).toMatch(/^agent +3 /)
  })
})
