/** Writes protobuf messages field by field; a message is what its fields' bytes are, one after the other. */

function varint(value: number): number[] {
  const bytes: number[] = []
  let rest = value
  while (rest > 127) {
    bytes.push((rest & 127) | 128)
    rest = Math.floor(rest / 128)
  }
  return [...bytes, rest]
}

export function message(...fields: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(fields)
}

/** A field of text or of another message; nothing when the text is empty. */
export function field(number: number, value: string | Uint8Array): Uint8Array {
  if (value === '') return new Uint8Array()
  const bytes = typeof value === 'string' ? Buffer.from(value, 'utf8') : value
  return Buffer.concat([Uint8Array.from([...varint(number * 8 + 2), ...varint(bytes.length)]), bytes])
}

/** A repeated field. */
export function repeated(number: number, values: readonly (string | Uint8Array)[]): Uint8Array {
  return Buffer.concat(values.map((v) => field(number, v)))
}
