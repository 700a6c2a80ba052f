import { expect, test } from 'vitest'
import { pxToRem } from './px-to-rem.ts'

test('lengths and breakpoints follow the text size that the reader chose, hairlines do not', () => {
  expect(
    pxToRem('@media (max-width: 480px) { .a { margin: -8px 0.5px 1px; font: 12.5px/20px x; border: 1px solid; width: calc(100% - 24px) } }'),
  ).toBe('@media (max-width: 30rem) { .a { margin: -0.5rem 0.5px 1px; font: 0.78125rem/1.25rem x; border: 1px solid; width: calc(100% - 1.5rem) } }')
})

test('names, colours and other units stay', () => {
  const css = '.a12px { width: var(--c-12px); flex: 1 1 56%; color: #12345678; height: 2ch }'
  expect(pxToRem(css)).toBe(css)
})
