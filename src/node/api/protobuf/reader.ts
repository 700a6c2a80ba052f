/** One field of a protobuf message as it stands on the wire: a number (varint) or bytes. */
export interface WireField {
  number: number
  value: bigint | Uint8Array
}

/** Reads a base-128 number; returns it and where the next byte is. */
function readVarint(bytes: Uint8Array, start: number): [value: bigint, next: number] {
  let value = 0n
  for (let i = start, shift = 0n; i < bytes.length; i++, shift += 7n) {
    const byte = bytes[i] as number
    value |= BigInt(byte & 0x7f) << shift
    if (byte < 0x80) return [value, i + 1]
  }
  throw new Error('unexpected EOF')
}

/** The fields of a message in wire order. Throws Error on bytes that are no message of numbers and lengths. */
export function readFields(bytes: Uint8Array): WireField[] {
  const fields: WireField[] = []
  let at = 0
  while (at < bytes.length) {
    const [tag, afterTag] = readVarint(bytes, at)
    const number = Number(tag >> 3n)
    const [value, next] = readVarint(bytes, afterTag)
    const wireType = Number(tag & 7n)
    if (wireType === 0) {
      fields.push({ number, value })
      at = next
    } else if (wireType === 2) {
      at = next + Number(value)
      if (at > bytes.length) throw new Error('unexpected EOF')
      fields.push({ number, value: bytes.subarray(next, at) })
    } else throw new Error(`wire type ${wireType} is not supported`)
  }
  return fields
}

export const textOf = (value: WireField['value'] | undefined): string => (value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : '')

/** A varint as a signed 64-bit number. */
export const numberOf = (value: WireField['value'] | undefined): number => (typeof value === 'bigint' ? Number(BigInt.asIntN(64, value)) : 0)
