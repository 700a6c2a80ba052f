import { describe, expect, it } from 'vitest'
import { Cluster } from '#engine/cluster.ts'
import type { Running } from '#protocol/api-client.ts'
import { Commands } from './commands.ts'

/** A command that loads something, whose end the test decides. */
function loading(): { running: Running; loaded: () => void } {
  let loaded = (): void => {}
  const until = new Promise<void>((resolve) => {
    loaded = resolve
  })
  function* run(): Running {
    yield { kind: 'load', until }
    return 7
  }
  return { running: run(), loaded }
}

describe('a command that loads something', () => {
  it('holds the cluster’s time, goes on when it has come, and says so', async () => {
    const cluster = new Cluster()
    const commands = new Commands(cluster)
    const { running, loaded } = loading()
    const told: string[] = []
    commands.onLoaded = () => told.push('loaded')
    commands.start(1, running, 0, (exit) => told.push(`exit ${exit}`))
    const before = cluster.nowMs
    expect(commands.advance(before + 5000)).toBe(false)
    expect(cluster.nowMs).toBe(before)
    loaded()
    await new Promise((resolve) => setTimeout(resolve, 0))
    expect(told).toEqual(['exit 7', 'loaded'])
    expect(commands.advance(before + 5000)).toBe(true)
  })

  it('can be interrupted', () => {
    const commands = new Commands(new Cluster())
    let exit: number | undefined
    commands.start(1, loading().running, 0, (status) => {
      exit = status
    })
    expect(commands.interrupt(1)).toBe(true)
    expect(exit).toBe(130)
    expect(commands.advance(10)).toBe(true)
  })
})

/** Three portions of work. */
function* portions(done: number[]): Running {
  for (let i = 0; i < 3; i++) {
    done.push(i)
    yield { kind: 'breath' }
  }
  return 0
}

describe('a command that does much', () => {
  it('goes on portion by portion, at one moment of the cluster', () => {
    const cluster = new Cluster()
    const commands = new Commands(cluster)
    const done: number[] = []
    const before = cluster.nowMs
    commands.start(1, portions(done), 0, () => {})
    expect([done.length, commands.isBusy]).toEqual([1, true])
    expect(commands.advance(before + 5000)).toBe(false)
    expect([done.length, cluster.nowMs]).toEqual([2, before])
    commands.goOn(() => false)
    expect([done.length, cluster.nowMs, commands.isBusy]).toEqual([3, before, false])
    expect(commands.advance(before + 5000)).toBe(true)
  })

  it('comes to its end where nobody else waits', () => {
    const cluster = new Cluster()
    const commands = new Commands(cluster)
    const done: number[] = []
    commands.start(1, portions(done), 0, () => {})
    expect(commands.finish(1)).toBe(true)
    expect(done).toEqual([0, 1, 2])
  })

  it('can be interrupted between two portions', () => {
    const commands = new Commands(new Cluster())
    const done: number[] = []
    commands.start(1, portions(done), 0, () => {})
    commands.interrupt(1)
    commands.goOn(() => false)
    expect(done).toEqual([0])
  })
})
