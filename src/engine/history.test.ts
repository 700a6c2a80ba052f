import { describe, expect, it } from 'vitest'
import { History } from './history.ts'
import { clusterOf, daemonSet, everything } from './test-cluster.ts'

describe('the history', () => {
  it('shows any moment as it was, also after going back and forth', () => {
    const cluster = clusterOf('a', 'b')
    const history = new History(cluster)
    const moments = new Map<number, string>()
    const look = () => moments.set(cluster.nowMs, everything(cluster))
    cluster.client.create(daemonSet('agent'))
    for (let i = 0; i < 10; i++) {
      cluster.runFor(300)
      look()
    }
    history.remember({ action: 'stop', played: 0 })
    cluster.fault({ fail: 'b' }, 'stop')
    for (let i = 0; i < 10; i++) {
      cluster.runFor(20_000)
      look()
    }
    for (const [atMs, then] of [...moments].reverse()) {
      history.seek(atMs)
      expect(everything(cluster) === then).toBe(true)
    }
    for (const [atMs, then] of moments) {
      history.seek(atMs)
      expect(everything(cluster) === then).toBe(true)
    }
  })

  it('forgets the future when somebody acts in the past', () => {
    const cluster = clusterOf('a')
    const history = new History(cluster)
    const start = cluster.nowMs
    cluster.client.create(daemonSet('one'))
    cluster.runFor(5000)
    history.seek(start)
    cluster.client.create(daemonSet('two'))
    cluster.runFor(5000)
    expect(cluster.client.list('DaemonSet').items.map((o) => o.metadata.name)).toEqual(['two'])
    expect(history.canRedo).toBe(false)
    history.seek(cluster.nowMs + 60_000)
    expect(cluster.client.list('DaemonSet').items.map((o) => o.metadata.name)).toEqual(['two'])
  })

  it('forgets what was kept of the future when somebody acts in the past', () => {
    const play = (looksBack: boolean) => {
      const cluster = clusterOf('a', 'b')
      const history = new History(cluster)
      const start = cluster.nowMs
      cluster.client.create(daemonSet('one'))
      cluster.runFor(2000)
      if (looksBack) {
        history.remember({ action: 'stop', played: 0 })
        cluster.fault({ fail: 'b' }, 'stop')
        cluster.runFor(60_000)
        history.remember({ action: 'nothing', played: 0 })
        for (const atMs of [1000, 50_000, 3000, 59_000, 2500]) history.seek(start + atMs)
        history.seek(start + 2000)
      }
      cluster.client.delete({ kind: 'DaemonSet', namespace: 'default', name: 'one' })
      cluster.runFor(60_000)
      if (looksBack) for (const atMs of [40_000, 2100, 62_000]) history.seek(start + atMs)
      return everything(cluster)
    }
    expect(play(true) === play(false)).toBe(true)
  })

  it('undoes and redoes what was remembered, and shows what was undone until somebody acts', () => {
    const cluster = clusterOf('a')
    const history = new History(cluster)
    const names = () => cluster.client.list('DaemonSet').items.map((o) => o.metadata.name)
    const act = (name: string) => {
      history.remember({ action: name, played: 0 })
      cluster.client.create(daemonSet(name))
      cluster.runFor(5000)
      return everything(cluster)
    }
    const [one, two] = ['one', 'two'].map(act)
    const end = cluster.nowMs
    expect(history.undo(0)).toMatchObject({ action: 'two' })
    expect(everything(cluster)).toBe(one)
    history.seek(end)
    expect(everything(cluster)).toBe(two)
    expect([history.undo(0)?.action, history.undo(0)?.action, names()]).toEqual(['two', 'one', []])
    expect([history.redo()?.action, everything(cluster) === one]).toEqual(['one', true])
    history.seek(0)
    expect([history.redo()?.action, history.redo()?.action, names()]).toEqual(['one', 'two', ['one', 'two']])
    history.undo(0)
    cluster.client.create(daemonSet('three'))
    expect([history.canUndo, history.canRedo, names()]).toEqual([true, false, ['one', 'three']])
  })
})
