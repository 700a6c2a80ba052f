import { expect, test } from 'vitest'
import type { Output } from '#protocol/messages.ts'
import { appendHistory, appendOutput } from './terminal.ts'

const output = (stream: Output['stream'], text: string): Output => ({ type: 'output', shellId: 1, stream, text })
const texts = (...outputs: Output[]) => appendOutput([], outputs).map((line) => `${line.kind}|${line.text}`)

test('text without a line break is continued by its own stream', () => {
  expect(texts(output('out', 'a'), output('out', 'b\nc'), output('out', '\n'))).toEqual(['out|ab', 'out|c'])
  expect(texts(output('out', 'a'), output('err', 'b\n'))).toEqual(['out|a', 'err|b'])
})

test('empty lines are kept, the break at the end makes none', () => {
  expect(texts(output('out', 'a\n\nb\n'))).toEqual(['out|a', 'out|', 'out|b'])
})

test('echoed lines are commands or comments', () => {
  expect(texts(output('echo', 'kubectl get ds'), output('echo', '# outside Kubernetes: x'))).toEqual([
    'command|kubectl get ds',
    'comment|# outside Kubernetes: x',
  ])
})

test('history keeps no blanks and no repetition', () => {
  expect(appendHistory(appendHistory(appendHistory([], 'a'), 'a'), '  ')).toEqual(['a'])
})

test('a line of a million characters is cut, and says so', () => {
  const [line] = texts(output('err', `${'x'.repeat(1_000_000)}\n`))
  expect(line?.length).toBeLessThan(6000)
  expect(line).toMatch(/x… and 995000 characters more$/)
})
