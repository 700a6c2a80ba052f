/** One value of DER (X.690): its tag, and the bytes that it consists of. */
export interface DerValue {
  tag: number
  bytes: Uint8Array
}

/** What is no DER, or other DER than was looked for. */
export class DerError extends Error {}

export const derTags = { integer: 0x02, bitString: 0x03, octetString: 0x04, oid: 0x06, sequence: 0x30 }

/** The tag of a field with a number of its own. */
export const contextTag = (number: number): number => 0xa0 + number

/** The value that begins at `at`, and where the next one does. Throws DerError. */
function readValue(bytes: Uint8Array, at: number): { value: DerValue; next: number } {
  const [tag, first] = [bytes[at], bytes[at + 1]]
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f) throw new DerError()
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f
  if (first === 0x80 || lengthBytes > 4) throw new DerError()
  let length = first < 0x80 ? first : 0
  for (let i = 0; i < lengthBytes; i++) length = length * 256 + (bytes[at + 2 + i] ?? 0)
  const start = at + 2 + lengthBytes
  if (start + length > bytes.length) throw new DerError()
  return { value: { tag, bytes: bytes.subarray(start, start + length) }, next: start + length }
}

/** All values of a text of DER, one behind the other. Throws DerError. */
export function readDer(bytes: Uint8Array): DerValue[] {
  const values: DerValue[] = []
  for (let at = 0; at < bytes.length; ) {
    const { value, next } = readValue(bytes, at)
    values.push(value)
    at = next
  }
  return values
}

/** The bytes of the one that should have this tag. Throws DerError. */
export function derOf(value: DerValue | undefined, tag: number): Uint8Array {
  if (value?.tag !== tag) throw new DerError()
  return value.bytes
}

/** The values in a sequence. Throws DerError. */
export const derSequence = (value: DerValue | undefined): DerValue[] => readDer(derOf(value, derTags.sequence))

const toHex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')

/** A whole number in hexadecimal, without zeros before it. */
export const derInteger = (value: DerValue | undefined): string => toHex(derOf(value, derTags.integer)).replace(/^0+(?=.)/, '')

/** `1.2.840.10045.2.1` */
export function derOid(value: DerValue | undefined): string {
  const numbers: number[] = []
  let number = 0
  for (const byte of derOf(value, derTags.oid)) {
    number = number * 128 + (byte & 0x7f)
    if (byte >= 0x80) continue
    if (numbers.length === 0) numbers.push(Math.min(2, Math.floor(number / 40)), number - 40 * Math.min(2, Math.floor(number / 40)))
    else numbers.push(number)
    number = 0
  }
  return numbers.join('.')
}

/** A string of whole bytes, in hexadecimal. */
export function derBits(value: DerValue | undefined): string {
  const [unused, ...bytes] = derOf(value, derTags.bitString)
  if (unused !== 0) throw new DerError()
  return toHex(Uint8Array.from(bytes))
}
