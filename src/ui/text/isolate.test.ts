import { expect, test } from 'vitest'
import { editorText } from './editor.ts'
import { en } from './en.ts'
import { isolate } from './isolate.ts'

test.each(['שלום.yaml', 'ملف-1.yaml', 'invoice\u202etxt.exe'])('%s does not turn the sentence it is named in', (name) => {
  expect(isolate(name)).toBe(`\u2066${name}\u2069`)
  for (const text of [editorText.closed, editorText.notText, editorText.rename, en.editor.reopen]) expect(text(name)).toContain(`\u2066${name}\u2069`)
})

test('other names stay what they are, so that they can be searched for and copied', () => {
  for (const name of ['agent.yaml', 'агент.yaml', '日誌.yaml', '']) expect(isolate(name)).toBe(name)
})
