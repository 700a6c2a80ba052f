import { expect, test } from 'vitest'
import { actions, nodeActions, podActions } from './index.ts'
import { keyText } from './key-text.ts'
import { quote } from './run-command.ts'

test('names are unique', () => {
  const names = [...actions, ...nodeActions, ...podActions].map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
})

test.each<[string, readonly { shortcut?: string; offered?: unknown }[]]>([
  ['page', actions],
  ['node', nodeActions],
])('every key of the %s belongs to one action, or to several of which one is offered at a time', (_, list) => {
  for (const { shortcut } of list) {
    const same = list.filter((action) => shortcut !== undefined && action.shortcut === shortcut)
    expect(same.length <= 1 || same.every(({ offered }) => offered)).toBe(true)
  }
})

test('words are quoted only where the shell needs it', () => {
  expect(quote('gpu=yes:NoSchedule')).toBe('gpu=yes:NoSchedule')
  expect(quote("it's a b")).toBe("'it'\\''s a b'")
})

test('keys are written for people', () => {
  expect(keyText('Mod+Shift+z')).toMatch(/^(Ctrl|⌘) Shift Z$/)
  expect(keyText(' ')).toBe('Space')
  expect(keyText('+')).toBe('+')
})
