import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { Flag, Parsed } from '../command.ts'
import { marshalJson } from '../go-format.ts'

export const appendHashFlag: Flag = { name: 'append-hash', kind: 'bool', usage: 'The name ends with a hash of what is in it' }

/** Digits and vowels that could spell a word. */
const instead: Record<string, string> = { 0: 'g', 1: 'h', 3: 'k', a: 'm', e: 't' }

/** The name with the hash that --append-hash asks for; `hashed` = all but the name. @source kubectl/pkg/util/hash */
export function hashedName(args: Parsed, name: string, hashed: object): { metadata?: { name: string } } {
  if (!args.bool('append-hash')) return {}
  const hash = bytesToHex(sha256(utf8ToBytes(marshalJson({ ...hashed, name }))))
    .slice(0, 10)
    .replace(/[013ae]/g, (digit) => instead[digit] as string)
  return { metadata: { name: `${name}-${hash}` } }
}
