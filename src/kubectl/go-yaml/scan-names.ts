import { isAlpha, isBlank, isBlankOrEnd, isBreakOrEnd, isDigit, type Reader } from './reader.ts'
import type { Token } from './tokens.ts'
import { scannerError, type YamlError } from './yaml-error.ts'

type Scanned = Pick<Token, 'type' | 'value' | 'suffix'>

const refuse = (reader: Reader, problem: string): YamlError => scannerError(reader.line, problem)

const behindName = new Set([...'?:,]}%@`'].map((char) => char.charCodeAt(0)))
const inUri = new Set([...";/?:@&=+$,.!~*'()[]%"].map((char) => char.charCodeAt(0)))

/** `&name` or `*name`. */
export function scanAnchor(reader: Reader, type: 'anchor' | 'alias'): Scanned {
  reader.skip()
  const value = reader.takeWhile(isAlpha)
  if (!value || !(isBlankOrEnd(reader.code()) || behindName.has(reader.code())))
    throw refuse(reader, 'did not find expected alphabetic or numeric character')
  return { type, value }
}

/** `!name`, `!!name`, `!handle!name` or `!<uri>`. */
export function scanTag(reader: Reader): Scanned {
  let handle = ''
  let suffix: string
  if (reader.code(1) === 60) {
    reader.skip(2)
    suffix = scanUri(reader, '')
    if (reader.code() !== 62) throw refuse(reader, "did not find the expected '>'")
    reader.skip()
  } else {
    handle = scanHandle(reader, false)
    if (handle.length > 1 && handle.endsWith('!')) suffix = scanUri(reader, '')
    else {
      suffix = scanUri(reader, handle)
      handle = suffix && '!'
      suffix ||= '!'
    }
  }
  if (!isBlankOrEnd(reader.code())) throw refuse(reader, 'did not find expected whitespace or line break')
  return { type: 'tag', value: handle, suffix }
}

function scanHandle(reader: Reader, isDirective: boolean): string {
  if (reader.code() !== 33) throw refuse(reader, "did not find expected '!'")
  reader.skip()
  const name = reader.takeWhile(isAlpha)
  if (reader.code() === 33) {
    reader.skip()
    return `!${name}!`
  }
  if (isDirective && name) throw refuse(reader, "did not find expected '!'")
  return `!${name}`
}

/** `begun` = what was read for a handle and belongs to the name. */
function scanUri(reader: Reader, begun: string): string {
  let uri = begun.slice(1)
  let isEmpty = !begun
  while (isAlpha(reader.code()) || inUri.has(reader.code())) {
    isEmpty = false
    if (reader.code() === 37) uri += scanEscapes(reader)
    else {
      uri += String.fromCharCode(reader.code())
      reader.skip()
    }
  }
  if (isEmpty) throw refuse(reader, 'did not find expected tag URI')
  return uri
}

/** One character as `%` escapes of its bytes. */
function scanEscapes(reader: Reader): string {
  let escaped = ''
  let left = 1
  for (let isFirst = true; left > 0; left--, isFirst = false) {
    const hex = reader.text.slice(reader.offset, reader.offset + 3)
    if (!/^%[\da-f]{2}$/i.test(hex)) throw refuse(reader, 'did not find URI escaped octet')
    const octet = Number.parseInt(hex.slice(1), 16)
    if (isFirst) {
      left = octet < 0x80 ? 1 : octet < 0xc0 ? 0 : octet < 0xe0 ? 2 : octet < 0xf0 ? 3 : octet < 0xf8 ? 4 : 0
      if (!left) throw refuse(reader, 'found an incorrect leading UTF-8 octet')
    } else if ((octet & 0xc0) !== 0x80) throw refuse(reader, 'found an incorrect trailing UTF-8 octet')
    escaped += hex
    reader.skip(3)
  }
  try {
    return decodeURIComponent(escaped)
  } catch {
    return '\ufffd'
  }
}

/** A line that begins with `%`. */
export function scanDirective(reader: Reader): Scanned {
  reader.skip()
  const name = reader.takeWhile(isAlpha)
  if (!name) throw refuse(reader, 'could not find expected directive name')
  if (!isBlankOrEnd(reader.code())) throw refuse(reader, 'found unexpected non-alphabetical character')
  let scanned: Scanned
  if (name === 'YAML') scanned = { type: 'version directive', value: scanVersion(reader) }
  else if (name === 'TAG') scanned = scanTagDirective(reader)
  else throw refuse(reader, 'found unknown directive name')
  endLine(reader)
  return scanned
}

/** Blanks, a comment and the line break that must follow. */
export function endLine(reader: Reader): void {
  reader.skipBlanks()
  reader.skipComment()
  if (!isBreakOrEnd(reader.code())) throw refuse(reader, 'did not find expected comment or line break')
  reader.takeBreak()
}

function scanVersion(reader: Reader): string {
  reader.skipBlanks()
  const major = scanVersionNumber(reader)
  if (reader.code() !== 46) throw refuse(reader, "did not find expected digit or '.' character")
  reader.skip()
  return `${major}.${scanVersionNumber(reader)}`
}

function scanVersionNumber(reader: Reader): number {
  const digits = reader.takeWhile(isDigit)
  if (!digits) throw refuse(reader, 'did not find expected version number')
  if (digits.length > 2) throw refuse(reader, 'found extremely long version number')
  return Number(digits)
}

function scanTagDirective(reader: Reader): Scanned {
  reader.skipBlanks()
  const value = scanHandle(reader, true)
  if (!isBlank(reader.code())) throw refuse(reader, 'did not find expected whitespace')
  reader.skipBlanks()
  const suffix = scanUri(reader, '')
  if (!isBlankOrEnd(reader.code())) throw refuse(reader, 'did not find expected whitespace or line break')
  return { type: 'tag directive', value, suffix }
}
