import { expect, it } from 'vitest'
import { toDocumentName } from './document-name.ts'

it('makes one word of a file name', () => {
  expect(toDocumentName(' my agent (2).yaml')).toBe('my-agent-2-.yaml')
  expect(toDocumentName('-rf')).toBe('rf.yaml')
  expect(toDocumentName('dir/agent.yml')).toBe('dir-agent.yml')
  expect(toDocumentName('agent.json')).toBe('agent.json')
  expect(toDocumentName('größe')).toBe('größe.yaml')
})

it('gives nothing for nothing', () => {
  expect(toDocumentName('  ')).toBeUndefined()
  expect(toDocumentName('…')).toBeUndefined()
})
