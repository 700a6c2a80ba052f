import { describe, expect, it } from 'vitest'
import { maxNodes, readScenario } from './read.ts'
import type { ScenarioError } from './scenario-error.ts'
import { writeScenario } from './write.ts'

const bomb = `a: &a [x, x, x, x, x, x, x, x, x]\n${[...'bcdefghijk'].map((c, i) => `${c}: &${c} [${Array(9).fill(`*${'abcdefghijk'[i]}`).join(', ')}]\n`).join('')}`

/** What is said about a file, and in how many milliseconds. */
function refusal(text: string): [message: string, line: number | undefined] {
  try {
    readScenario(text)
  } catch (error) {
    expect((error as Error).name).toBe('ScenarioError')
    return [(error as ScenarioError).message, (error as ScenarioError).line]
  }
  throw new Error('it was read')
}

const withNode = (node: string) => `id: x\nnodes:\n  - ${node}\n`
const withStep = (step: string) => `id: x\nsteps:\n  - ${step}\n`

describe('a scenario file', () => {
  it('is read, and written again as it was', () => {
    const text =
      'id: x\ntitle: y\nversion: "1.28"\nnodes: [{name: a, labels: {disk: ssd}, cpu: 2}]\nsteps: [{run: "kubectl get nodes", settle: false}]\n'
    const scenario = readScenario(text)
    expect(readScenario(writeScenario(scenario, ['why']))).toEqual(scenario)
    expect(writeScenario(scenario, ['why'])).toMatch(/^# why\nid: x\n/)
  })

  it.each([
    ['nodes: []', '`id` must be a name'],
    ['id: x\nnodes: 3', '`nodes` must be a list'],
    ['id: x\nversion: {major: 1}', '`version` must be a version of Kubernetes'],
    [withNode('{name: A}'), '`A` is not a node name'],
    [withNode('{name: a, cpu: many}'), '`cpu` is an amount'],
    [withNode('{name: a, memory: -1}'), '`memory` is an amount'],
    [withNode('{name: a, labels: {x: 1}}'), 'put numbers and true, false in quotes'],
    [withNode('{name: a, taints: [{key: a, effect: Never}]}'), 'a taint is {key, value, effect}'],
    [withStep('{rum: x}'), 'unknown key `rum`'],
    [withStep('{node: {explode: a}}'), '`node` has one of add, fail'],
    [withStep('{node: {add: {name: a, pods: "x"}}}'), '`pods` is an amount'],
    [withStep('{wait: 1e12}'), 'at most 2592000'],
    [withStep('{node: {condition: {name: a, set: {Hungry: true}}}}'), '`Hungry` is not one of'],
  ])('%j is refused with what to write instead', (text, message) => {
    expect(refusal(text)[0]).toContain(message)
  })

  it('may give its version without quotes', () => {
    for (const version of ['1.30', '"1.30"', "'1.30'"]) expect(readScenario(`id: x\nversion: ${version}\n`).version).toBe('1.30')
  })

  it('names the line', () => {
    expect(refusal('id: x\nnodes:\n  - {name: a}\n  - {name: B}\n')[1]).toBe(4)
    expect(refusal('id: x\nsteps:\n  - run: a\n bad')[1]).toBeGreaterThan(2)
  })

  it('of 10 MB, with an alias bomb, or nested without end is refused', () => {
    expect(refusal(`id: x\ntitle: ${'a'.repeat(10_000_000)}`)[0]).toContain('characters; more than 2000000 are not read here')
    expect(refusal(`${bomb}id: x\n`)[0]).toContain('Excessive alias count')
    expect(refusal('['.repeat(200_000))[0]).toContain('nested more than 200 deep')
    expect(refusal('id: x\nnodes: &n [*n]\n')).toEqual(['line 2: what the anchor `n` stands for contains itself', 2])
    expect(refusal(`id: x\nnodes:\n${'  - {name: a, cpu: 1, pods: 2}\n'.repeat(60_000)}`)[0]).toContain(
      'entries; more than 120000 are not read here; use fewer nodes',
    )
  }, 60_000)

  it('with too many machines is refused, those that join later counted', () => {
    const many = (count: number) => `[${Array.from({ length: count }, (_, i) => `{name: n${i}}`).join(',')}]`
    expect(refusal(`id: x\nnodes: ${many(30_000)}`)[0]).toBe(`line 2: 30000 nodes are more than this simulation takes (${maxNodes}); use fewer`)
    expect(refusal(`id: x\nsteps: [{node: {add: ${many(maxNodes)}}}, {node: {add: {name: a}}}]`)[0]).toContain('20001 nodes')
  }, 60_000)
})
