import { describe, expect, it } from 'vitest'
import type { KubeEvent, KubeObject, Namespace } from '#k8s/types.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import { popHeap } from '#sim/heap.ts'
import { Core } from '../core.ts'
import { type SeriesPass, tellSeries } from './event-series.ts'
import { isLiveEvent, recordEvent } from './recorder.ts'
import { copyRecorderState, type RecorderState } from './recorder-state.ts'

const about = (resourceVersion = '1'): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'p', namespace: 'default', uid: 'u', resourceVersion },
})

class Recorder {
  readonly core: Core
  constructor(version: KubernetesVersion = '1.36') {
    this.core = new Core({ version, seed: 1, epochMs: 1_767_225_600_000 })
  }
  /** Records after waiting ms. */
  record(waitMs: number, message: string, extra: { series?: boolean; fieldPath?: string } = {}, resourceVersion?: string): this {
    this.wait(waitMs)
    recordEvent(this.core, 'me', about(resourceVersion), 'Normal', 'Why', message, extra)
    return this
  }
  wait(ms: number): this {
    const { core } = this
    const endMs = core.state.nowMs + ms
    for (let timer = core.peek(); timer && timer.atMs <= endMs; timer = core.peek()) {
      popHeap(core.state.heap)
      core.state.nowMs = timer.atMs
      tellSeries(core, timer.payload as SeriesPass)
    }
    core.state.nowMs = endMs
    return this
  }
  get events(): KubeEvent[] {
    return [...this.core.state.tables.Event.values()]
  }
  get counts(): [string, number | undefined][] {
    return this.events.map(({ message, count }) => [message ?? '', count])
  }
}

describe('events of controllers and kubelets (EV-1)', () => {
  it('the same event again raises count and lastTimestamp (EV-1.1), however late', () => {
    const recorder = new Recorder().record(0, 'a').record(5_000, 'a').record(1_200_000, 'a').record(0, 'b')
    expect(recorder.counts).toEqual([
      ['a', 3],
      ['b', 1],
    ])
    expect(recorder.events[0]).toMatchObject({ firstTimestamp: '2026-01-01T00:00:00Z', lastTimestamp: '2026-01-01T00:20:05Z' })
  })

  it('another container is another event (EV-1.1)', () => {
    const recorder = new Recorder()
    for (const fieldPath of ['spec.containers{a}', 'spec.containers{b}', 'spec.containers{a}']) recorder.record(0, 'a', { fieldPath })
    expect(recorder.events.map(({ involvedObject, count }) => [involvedObject.fieldPath, count])).toEqual([
      ['spec.containers{a}', 2],
      ['spec.containers{b}', 1],
    ])
  })

  it('the tenth text within 10 minutes and those after it are folded, of whatever container (EV-1.2)', () => {
    const recorder = new Recorder()
    for (let i = 1; i <= 12; i++) recorder.record(1000, `text ${i}`, { fieldPath: `spec.containers{c${i % 2}}` })
    expect(recorder.counts.slice(8)).toEqual([
      ['text 9', 1],
      ['(combined from similar events): text 12', 3],
    ])
    expect(recorder.record(0, 'text 2', { fieldPath: 'spec.containers{c0}' }).counts[1]).toEqual(['text 2', 2])
    expect(recorder.record(601_000, 'text 13').counts.at(-1)).toEqual(['text 13', 1])
  })

  it('25 at once, then one in 5 minutes; what is not written is counted (EV-1.3)', () => {
    const recorder = new Recorder()
    for (let i = 0; i < 40; i++) recorder.record(0, 'a')
    expect(recorder.counts).toEqual([['a', 25]])
    expect(recorder.record(299_000, 'a').counts).toEqual([['a', 25]])
    expect(recorder.record(1_000, 'a').counts).toEqual([['a', 42]])
  })

  it('each object has events and a burst of its own, also those that are named without their uid (EV-1.2, EV-1.3, NL-6.6)', () => {
    const recorder = new Recorder()
    const named = (name: string): KubeObject => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'default' } })
    for (let i = 0; i < 30; i++) recordEvent(recorder.core, 'me', named(`p${i}`), 'Normal', 'Why', `about p${i}`)
    expect(recorder.counts).toEqual(Array.from({ length: 30 }, (_, i) => [`about p${i}`, 1]))
  })

  it('live for an hour after they were last written (EV-1.6)', () => {
    const recorder = new Recorder().record(0, 'a')
    const isLive = () => isLiveEvent(recorder.core, recorder.events[0] as KubeEvent)
    recorder.core.state.nowMs = 3_599_000
    expect(isLive()).toBe(true)
    recorder.core.state.nowMs = 3_600_000
    expect(isLive()).toBe(false)
    expect(recorder.events[0]?.metadata).toMatchObject({ namespace: 'default', name: expect.stringMatching(/^p\.[0-9a-f]{16}$/) })
  })

  it('live for an hour also where they were written by hand and tell of long ago (EV-1.6)', () => {
    const { core } = new Recorder()
    const event = { metadata: { creationTimestamp: core.timestamp() }, lastTimestamp: '2001-01-01T00:00:00Z' } as unknown as KubeEvent
    expect(isLiveEvent(core, event)).toBe(true)
    core.state.nowMs += 3_600_000
    expect(isLiveEvent(core, event)).toBe(false)
  })
})

it('every Event has a UUID of its own', () => {
  const recorder = new Recorder()
  for (let i = 0; i < 20; i++) recorder.record(0, `text ${i}`, { series: i % 2 === 1 }, String(i))
  const uids = recorder.events.map(({ metadata }) => metadata.uid)
  expect(uids.length).toBeGreaterThan(10)
  for (const uid of uids) expect(uid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(new Set(uids).size).toBe(uids.length)
})

describe('events of the scheduler (EV-1.4)', () => {
  const series = { series: true }

  it('repeats count whatever their text; the server hears of the first only', () => {
    const recorder = new Recorder().record(0, 'a', series).record(1000, 'b', series).record(1000, 'c', series)
    expect(recorder.events).toMatchObject([{ message: 'a', series: { count: 2, lastObservedTime: '2026-01-01T00:00:01.000000Z' } }])
    expect(new Recorder('1.23').record(0, 'a', series).record(0, 'a', series).events[0]?.series?.count).toBe(1)
  })

  it.each([
    ['1.36', 7],
    ['1.23', 6],
  ] as const)('each half hour the server hears what was counted till then, so that an Event lives on while it is repeated (%s)', (version, count) => {
    const recorder = new Recorder(version)
    for (let minute = 0; minute <= 130; minute += 5) {
      recorder.record(minute === 0 ? 0 : 300_000, 'a', series)
      const last = (recorder.events[0] as KubeEvent).series
      if (minute === 25) expect(last).toMatchObject({ count: count - 5, lastObservedTime: '2026-01-01T00:05:00.000000Z' })
      if (minute === 30 || minute === 55) expect(last).toEqual({ count: count - 1, lastObservedTime: '2026-01-01T00:25:00.000000Z' })
      if (minute === 60) expect(last).toEqual({ count: count + 5, lastObservedTime: '2026-01-01T00:55:00.000000Z' })
    }
    expect(recorder.events).toHaveLength(1)
    expect(isLiveEvent(recorder.core, recorder.events[0] as KubeEvent)).toBe(true)
  })

  it('a series ends with the first pass that finds it silent for more than 6 minutes, and with a change of the object', () => {
    expect(new Recorder().record(0, 'a', series).record(719_999, 'a', series).events).toHaveLength(1)
    expect(new Recorder().record(0, 'a', series).record(720_000, 'a', series).events).toHaveLength(2)
    expect(new Recorder().record(359_999, 'a', series).record(360_001, 'a', series).events).toHaveLength(2)
    expect(new Recorder().record(360_000, 'a', series).record(719_999, 'a', series).events).toHaveLength(1)
    expect(new Recorder().record(0, 'a', series, '1').record(1000, 'a', series, '2').events).toHaveLength(2)
  })

  it('at its end the server hears what was counted last; then no pass is planned', () => {
    const recorder = new Recorder().record(1000, 'a', series).record(1000, 'a', series).record(1000, 'b', series).record(1000, 'c', series)
    const { core } = recorder
    const told = () => recorder.events.map(({ message, series }) => [message, series?.count, series?.lastObservedTime])
    recorder.wait(715_999)
    expect(told()).toEqual([['a', 2, '2026-01-01T00:00:02.000000Z']])
    const before = core.state.resourceVersion
    recorder.wait(1)
    expect(told()).toEqual([['a', 4, '2026-01-01T00:00:04.000000Z']])
    expect([core.state.resourceVersion, recorder.events[0]?.metadata.resourceVersion]).toEqual([before + 1, String(before + 1)])
    expect(core.peek()).toBeUndefined()
    expect(recorder.record(1000, 'a', series).events).toHaveLength(2)
  })

  it('series are remembered until they have ended, however many there are', () => {
    const recorder = new Recorder()
    const { core } = recorder
    const say = (from: number, to: number) => {
      for (let i = from; i < to; i++)
        recordEvent(core, 'me', { apiVersion: 'v1', kind: 'Pod', metadata: { name: `p${i}`, uid: `u${i}` } }, 'Normal', 'Why', 'a', series)
    }
    say(0, 6000)
    say(0, 6000)
    expect(recorder.events).toHaveLength(6000)
    expect(recorder.events.every(({ series }) => series?.count === 2)).toBe(true)
    for (let i = 6000; i < 6002; i++) {
      recorder.wait(720_000)
      say(i, i + 1)
      expect(recorder.events).toHaveLength(i + 1)
    }
    expect(core.state.recorder.memories.get('me')?.objects.size).toBe(4096)
  })

  it('a recorder remembers 4096 objects; each kubelet has one of its own', () => {
    const countsOf = (component: string) => {
      const recorder = new Recorder()
      for (const [from, to] of [
        [0, 5000],
        [0, 1],
      ] as const)
        for (let i = from; i < to; i++)
          recordEvent(recorder.core, component, { apiVersion: 'v1', kind: 'Pod', metadata: { name: `p${i}`, uid: `u${i}` } }, 'Normal', 'Why', 'a')
      return recorder.events.filter(({ involvedObject }) => involvedObject?.name === 'p0').map(({ count }) => count)
    }
    expect(countsOf('me')).toEqual([1, 1])
    expect(countsOf('kubelet')).toEqual([2])
  })

  it('a series of which the server knows all costs no pass', () => {
    expect(new Recorder().record(0, 'a', series).record(1000, 'a', series).core.peek()).toBeUndefined()
  })

  it('an Event that is gone is made once more, with what was counted, unless its namespace goes (GC-6.1)', () => {
    for (const isGoing of [false, true]) {
      const recorder = new Recorder().record(0, 'a', series).record(0, 'a', series).record(0, 'a', series)
      const { tables } = recorder.core.state
      const [{ metadata }] = recorder.events as [KubeEvent]
      tables.Event.clear()
      if (isGoing) tables.Namespace.set('other', {} as Namespace)
      recorder.wait(720_000)
      expect(recorder.events).toMatchObject(isGoing ? [] : [{ message: 'a', metadata: { name: metadata.name }, series: { count: 3 } }])
      if (!isGoing) expect(recorder.events[0]?.metadata.uid).not.toBe(metadata.uid)
    }
  })

  it('a copy of the cluster tells what it has counted itself', () => {
    const { core } = new Recorder().record(0, 'a', series).record(0, 'a', series).record(0, 'a', series)
    const copy = copyRecorderState(core.state.recorder)
    const said = (state: RecorderState) => state.memories.get('me')?.objects.get('u')?.said[0]?.event?.series?.count
    core.state.nowMs = 720_000
    tellSeries(core, { series: 'me' })
    expect([said(core.state.recorder), said(copy), [...copy.planned]]).toEqual([3, 2, ['me']])
  })
})

it.each([false, true])('GC-6.1 a namespace that is going takes no new Event, only repeats of those it has (series: %s)', (series) => {
  const recorder = new Recorder('1.36').record(0, 'a', { series })
  const { core } = recorder
  const namespace = {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'default', deletionTimestamp: '2026-01-01T00:00:00Z' },
    spec: {},
    status: {},
  } as Namespace
  core.state.tables.Namespace.set('default', namespace)
  recorder.record(1000, 'a', { series }).record(1000, 'b', { series }, '2')
  expect(recorder.events.map(({ message, count, series }) => [message, count ?? series?.count])).toEqual([['a', 2]])
  core.state.tables.Namespace.delete('default')
  core.state.tables.Namespace.set('other', namespace)
  recorder.record(1000, 'c', { series }, '3')
  expect(recorder.events).toHaveLength(1)
})
