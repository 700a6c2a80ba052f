/** DER of a tag and what stands in it. */
export function der(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const bytes = parts.flatMap((part) => [...part])
  const { length } = bytes
  const head = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Uint8Array.from([tag, ...head, ...bytes])
}
export const sequence = (...parts: readonly Uint8Array[]) => der(0x30, ...parts)
export const integer = (value: number) => der(0x02, Uint8Array.of(value))

/** A certificate for a key (SubjectPublicKeyInfo) as far as it is read here: nobody has signed it. */
export function certificateOf(spki: Uint8Array, withVersion = true): Uint8Array {
  const version = withVersion ? [der(0xa0, integer(2))] : []
  return sequence(sequence(...version, integer(7), sequence(), sequence(), sequence(), sequence(), spki), sequence(), der(0x03, Uint8Array.of(0)))
}
