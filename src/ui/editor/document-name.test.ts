import { expect, it } from 'vitest'
import { toDocumentName } from './document-name.ts'

it('makes one word of a file name', () => {
  expect(toDocumentName(' my agent (2).yaml')).toBe('my-agent-2-.yaml')
  expect(toDocumentName('-rf')).toBe('rf.yaml')
  expect(toDocumentName('dir/agent.yml')).toBe('dir-agent.yml')
  expect(toDocumentName('agent.json')).toBe('agent.json')
  expect(toDocumentName('größe')).toBe('größe.yaml')
  expect(toDocumentName('gro\u0308ße.yml')).toBe('größe.yml')
})

it('keeps the ending of a name that no file system would take', () => {
  const name = toDocumentName(`${'x'.repeat(400)}.json`) ?? ''
  expect(name).toMatch(/^x+\.json$/)
  expect(name.length).toBeLessThan(255)
})

it('gives nothing for nothing', () => {
  expect(toDocumentName('  ')).toBeUndefined()
  expect(toDocumentName('…')).toBeUndefined()
})
