import { describe, expect, it, test } from 'vitest'
import {
  dns1035Label,
  dns1123Label,
  dns1123Subdomain,
  envVarName,
  generateName,
  generateSuffix,
  labelValue,
  portName,
  qualifiedName,
} from './name.ts'
import { isLabelKey, isLabelValue, isSubdomain } from './name-syntax.ts'

const long = 'a'.repeat(64)

describe('names by version', () => {
  it('dots in labels (DS-15.23)', () => {
    expect(dns1123Label('a.b', '1.26')[0]).toMatch(/^a lowercase RFC 1123 label/)
    expect(dns1123Label('a.b', '1.27')).toEqual(['must not contain dots'])
  })

  it('bytes instead of characters (DS-15.81)', () => {
    expect(labelValue(long, '1.34')).toEqual(['must be no more than 63 characters'])
    expect(labelValue(long, '1.35')).toEqual(['must be no more than 63 bytes'])
    expect(qualifiedName(long, '1.35')).toEqual(['name part must be no more than 63 bytes'])
    expect(qualifiedName('a/b/c', '1.35')[0]).toMatch(/^a valid label key must consist of/)
  })

  it('port names (DS-15.25)', () => {
    expect(portName('80', '1.24')).toEqual(['must contain at least one letter or number (a-z, 0-9)'])
    expect(portName('80', '1.25')).toEqual(['must contain at least one letter (a-z)'])
    expect(portName('a--b')).toEqual(['must not contain consecutive hyphens'])
    expect(portName('sixteen-letters-')).toEqual(['must be no more than 15 characters', 'must not begin or end with a hyphen'])
  })

  it('environment variables (DS-15.27)', () => {
    expect(envVarName('a b', '1.36')).toEqual([])
    expect(envVarName('a=b', '1.36')).toHaveLength(1)
    expect(envVarName('1a', '1.23')[0]).toMatch(/^a valid environment variable name must consist of alphabetic characters/)
  })

  it('services', () => {
    expect(dns1035Label('web')).toEqual([])
    expect(dns1035Label('1web')[0]).toMatch(/^a DNS-1035 label must consist of/)
  })

  it('prefixes (DS-15.4)', () => {
    expect(qualifiedName('/a')).toEqual(['prefix part must be non-empty'])
    expect(qualifiedName('A_b/c')[0]).toMatch(/^prefix part a lowercase RFC 1123 subdomain/)
  })
})

test.each([
  ...['a', 'a.b-c', 'A', 'a_b', '', '-a', 'a-', 'a/b', 'a.b/C_d', 'A/b', '/a', 'a/', 'a/b/c', 'a b', '!!', long, `a/${long}`, `${long}/a`],
  ...['a'.repeat(253), 'a'.repeat(254), `${'a'.repeat(254)}/a`, 'é'],
])('the yes or no to %j agrees with what is said of it', (text) => {
  expect(isSubdomain(text)).toBe(dns1123Subdomain(text).length === 0)
  expect(isLabelKey(text)).toBe(qualifiedName(text).length === 0)
  expect(isLabelValue(text)).toBe(labelValue(text).length === 0)
})

describe('generated names (NM-1.1, NM-1.2)', () => {
  it('five characters of the safe alphabet', () => {
    const numbers = [0, 26, 20, 19, 1]
    expect(generateSuffix(() => numbers.shift() ?? 0)).toBe('b92zc')
  })

  it('the base is cut to 58 characters', () => {
    expect(generateName('x'.repeat(70), () => 0)).toBe(`${'x'.repeat(58)}bbbbb`)
  })
})
