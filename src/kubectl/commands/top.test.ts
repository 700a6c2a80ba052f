import { expect, test } from 'vitest'
import type { KubeNode, Pod } from '#k8s/types.ts'
import { fixedClient } from '../testing/fixed-client.ts'
import { runWords } from '../testing/run-line.ts'

const node = (name: string, ready: 'True' | 'Unknown' = 'True') =>
  ({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name },
    spec: {},
    status: { allocatable: { cpu: '4', memory: '8Gi' }, conditions: [{ type: 'Ready', status: ready }] },
  }) as unknown as KubeNode

const pod = (name: string, requests: Record<string, string>, isRunning = true) =>
  ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default', labels: { app: name } },
    spec: { nodeName: 'n1', containers: [{ name: 'c', resources: { requests } }] },
    status: { containerStatuses: [{ name: 'c', state: isRunning ? { running: {} } : { waiting: {} } }] },
  }) as unknown as Pod

const client = fixedClient([
  node('n1'),
  node('n2'),
  node('lost', 'Unknown'),
  pod('big', { cpu: '2', memory: '4Gi' }),
  pod('small', {}),
  pod('waits', {}, false),
])
const run = (line: string) => runWords(line.split(' '), client)
const figures = (text: string) => [...text.matchAll(/(\d+)(?:m|Mi)\b/g)].map(([, figure]) => Number(figure))

test('pods use a part of what they request, the same each time; what does not run uses nothing', () => {
  const { stdout, exit } = run('top pods')
  expect(exit).toBe(0)
  expect(stdout.split('\n')[0]).toMatch(/^NAME +CPU\(cores\) +MEMORY\(bytes\) +$/)
  expect(stdout).not.toContain('waits')
  const [cpu = 0, memory = 0] = figures(stdout.split('\n')[1] ?? '')
  expect(cpu).toBeGreaterThanOrEqual(800)
  expect(cpu).toBeLessThanOrEqual(1600)
  expect(memory).toBeGreaterThanOrEqual(0.4 * 4096 - 1)
  expect(memory).toBeLessThanOrEqual(0.8 * 4096)
  expect(run('top pods').stdout).toBe(stdout)
})

test('a node uses what its pods use, and some for itself; a silent one is not measured', () => {
  const { stdout } = run('top nodes')
  const [header, first, second, silent, ...rest] = stdout.split('\n')
  expect(header).toMatch(/^NAME +CPU\(cores\) +CPU\(%\) +MEMORY\(bytes\) +MEMORY\(%\) +$/)
  expect(silent).toMatch(/^lost +(<unknown> +){4}$/)
  expect(rest).toEqual([''])
  const ofPods = figures(run('top pods --no-headers').stdout).filter((_, i) => i % 2 === 0)
  const [used = 0] = figures(first ?? '')
  const [idle = 0] = figures(second ?? '')
  expect(used - idle).toBe(ofPods.reduce((a, b) => a + b, 0))
  expect(first).toContain(`${Math.floor(used / 40)}%`)
})

test('sorting, selecting, containers, and what is not there', () => {
  expect(run('top po --sort-by=cpu --no-headers').stdout).toMatch(/^big .*\nsmall /)
  expect(run('top pod -l app=small --no-headers').stdout).toMatch(/^small /)
  expect(run('top pods --containers -A').stdout).toMatch(/^NAMESPACE +POD +NAME +CPU/)
  expect(run('top pods --sort-by=age')).toMatchObject({ stderr: 'error: --sort-by accepts only cpu or memory\n', exit: 1 })
  const [cpu, , otherCpu] = figures(run('top pods --no-headers').stdout)
  expect(figures(run('top pods --sum --no-headers').stdout).at(-2)).toBe((cpu ?? 0) + (otherCpu ?? 0))
  expect(run('top node lost')).toMatchObject({ exit: 1 })
  expect(run('top node nope')).toMatchObject({ stderr: 'Error from server (NotFound): nodemetrics.metrics.k8s.io "nope" not found\n', exit: 1 })
})
