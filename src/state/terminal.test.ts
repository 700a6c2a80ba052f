import { expect, test } from 'vitest'
import type { Output } from '#protocol/messages.ts'
import { appendHistory, appendOutput, isMuchOutput } from './terminal.ts'

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

test('further lines of a command, as of a here-document, go on with it', () => {
  const lines = appendOutput([], [output('echo', 'kubectl apply -f - <<E\nkind: Pod\nE')])
  expect(lines.map(({ text, goesOn }) => [text, goesOn])).toEqual([
    ['kubectl apply -f - <<E', undefined],
    ['kind: Pod', true],
    ['E', true],
  ])
})

test('clear empties the screen, watch only what it printed itself', () => {
  const other = (text: string): Output => ({ type: 'output', shellId: 2, stream: 'out', text })
  expect(texts(output('out', 'a\n'), other('b\n'), output('out', '\x1b[2J\x1b[H'))).toEqual([])
  expect(texts(output('echo', 'watch x'), output('out', 'a\n'), other('b\n'), output('out', '\x1b[H\x1b[Jc\n'))).toEqual([
    'command|watch x',
    'out|b',
    'out|c',
  ])
})

test('colours of a terminal are left out', () => {
  expect(texts(output('out', '\x1b[31mred\x1b[0m\tx\n'))).toEqual(['out|red\tx'])
})

test('lines know the kind their command is about', () => {
  const about = (line: string) => appendOutput([], [output('echo', line), output('out', 'x\n')]).at(-1)?.about
  expect(about('kubectl get ds -A')).toBe('DaemonSet')
  expect(about('kubectl describe deploy/web')).toBe('Deployment')
  expect(about('kubectl version')).toBeUndefined()
})

test('many lines, or a screen drawn anew, are too much to be read aloud', () => {
  expect(isMuchOutput([output('out', 'a\nb\n')])).toBe(false)
  expect(isMuchOutput([output('out', 'a\n'.repeat(20)), output('err', 'a\n'.repeat(20))])).toBe(true)
  expect(isMuchOutput([output('out', '\x1b[H\x1b[Ja\n')])).toBe(true)
})

test('history keeps no blanks and no repetition', () => {
  expect(appendHistory(appendHistory(appendHistory([], 'a'), 'a'), '  ')).toEqual(['a'])
})

test('a line of a million characters is cut, and says so', () => {
  const [line] = texts(output('err', `${'x'.repeat(1_000_000)}\n`))
  expect(line?.length).toBeLessThan(6000)
  expect(line).toMatch(/x… and 995000 characters more$/)
})
