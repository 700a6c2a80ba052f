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
