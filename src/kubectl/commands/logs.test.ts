import { beforeEach, expect, test } from 'vitest'
import { Cluster } from '#engine/cluster.ts'
import { runToEnd } from '#scenario/testing/run-to-end.ts'
import { runKubectl } from '../kubectl.ts'
import { keepPrinted } from '../testing/keep-printed.ts'

let cluster: Cluster

beforeEach(() => {
  cluster = new Cluster({ seed: 7 })
  cluster.fault({ add: [{ name: 'a' }] }, 'a machine')
  cluster.settle()
})

function begin(line: string) {
  const { io, printed } = keepPrinted()
  return { printed, running: runKubectl(line.split(' '), { client: cluster.client, namespace: 'default', io }) }
}

function run(line: string, maxMs = 60_000) {
  const { printed, running } = begin(line)
  const exit = runToEnd(cluster, running, line, maxMs)
  return { ...printed, exit, lines: printed.stderr.trim().split('\n') }
}

const withoutTime = (line: string) => line.replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ /, '')

test('a log tells the life of the container, or the last lines of it, or what is not older', () => {
  run('run p --image nginx')
  const { stdout, lines } = run('logs p')
  expect(stdout).toBe('')
  expect(lines.map(withoutTime)).toEqual([
    '(no program runs here, so container p of pod p has written nothing; its life so far:)',
    'Pulling image "nginx"',
    expect.stringMatching(/^Successfully pulled image "nginx"/),
    expect.stringMatching(/^(Created container|Container created)/),
    expect.stringMatching(/^(Started container|Container started)/),
  ])
  expect(run('logs p --tail 1').lines).toEqual([expect.stringContaining('its life so far'), lines.at(-1)])
  expect(run('logs p --tail=0').lines).toEqual(['(no program runs here, so container p of pod p has written nothing)'])
  expect(run('logs p --since 1h').lines).toEqual(lines)
  cluster.runFor(60_000)
  expect(run('logs p --since 10s').lines).toHaveLength(1)
  expect(run(`logs p --since-time ${lines.at(-1)?.split(' ')[0]}`).lines.length).toBeGreaterThan(1)
  expect(run('logs -l run=p --prefix --tail 1').lines[1]).toMatch(/^\[pod\/p\/p\] /)
})

test('a followed log goes on until the run of its container ends', () => {
  run('run p --image nginx')
  const before = run('logs p').lines.length
  const { printed, running } = begin('logs -f p')
  expect(running.next()).toMatchObject({ done: false, value: { kind: 'change' } })
  cluster.fault({ crash: { pod: 'p', exitCode: 3 } }, 'trouble')
  cluster.runFor(100)
  expect(running.next()).toMatchObject({ done: true, value: 0 })
  const told = printed.stderr.trim().split('\n')
  expect(told.slice(before).map(withoutTime)).toEqual(['Ended with exit code 3 (Error)'])
})

test('a followed log ends with its pod, and at once where nothing runs any more', () => {
  run('run p --image nginx')
  const { running } = begin('logs p --follow')
  running.next()
  run('delete pod p')
  expect(running.next()).toMatchObject({ done: true, value: 0 })
  run('run once --image nginx --restart Never')
  cluster.fault({ crash: { pod: 'once', exitCode: 0 } }, 'trouble')
  cluster.runFor(1000)
  expect(begin('logs once -f').running.next()).toMatchObject({ done: true, value: 0 })
})

test('interrupted it stops watching; a missing log can be passed over', () => {
  run('run p --image nginx')
  expect(run('logs p -f', 5000).exit).not.toBe(0)
  cluster.fault({ brokenImages: ['broken'] }, 'trouble')
  run('run q --image broken', 100)
  expect(run('logs q --ignore-errors')).toMatchObject({
    exit: 0,
    stdout: expect.stringContaining('error: container "q" in pod "q" is waiting to start'),
  })
  expect(run('logs q')).toMatchObject({ exit: 1, stdout: '' })
})
