import { describe, expect, it } from 'vitest'
import { yamlText } from './yaml-text.ts'

describe('yamlText', () => {
  it('quotes what YAML 1.1 would read as something else', () => {
    expect(['ssd', 'a.b/c-d', 'NoSchedule', '100m', 'v1'].filter((text) => yamlText(text) !== text)).toEqual([])
    const others = [
      'true',
      'yes',
      'n',
      '1.36',
      '010',
      '1e3',
      '0x1f',
      '0o17',
      '1_000',
      '2026-01-01',
      '',
      'null',
      '~',
      '-',
      'a: b',
      'a #b',
      '*a',
      '[a]',
      '10%',
    ]
    expect(others.filter((text) => yamlText(text) !== JSON.stringify(text))).toEqual([])
  })
})
