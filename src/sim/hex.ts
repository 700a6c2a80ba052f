const byteTexts = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

const byteText = (value: number): string => byteTexts[value & 255] as string

/** The lower 16 bits as four hexadecimal digits. */
export function hex16(value: number): string {
  return byteText(value >>> 8) + byteText(value)
}

/** The lower 32 bits as eight hexadecimal digits. */
export function hex32(value: number): string {
  return hex16(value >>> 16) + hex16(value)
}
