const digitCodes = Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0))

/** Writes the lowest hexadecimal digits of a number into a list of character codes. */
export function putHex(codes: number[], at: number, digits: number, value: number): void {
  let rest = value
  for (let i = at + digits - 1; i >= at; i--) {
    codes[i] = digitCodes[rest & 15] as number
    rest >>>= 4
  }
}

/** The character codes as a text in one piece: V8 keeps one that is put together as the tree of its parts. */
export function textOfCodes(codes: readonly number[]): string {
  return String.fromCharCode.apply(null, codes as number[])
}

const eightDigits = new Array<number>(8).fill(0)

/** The lower 32 bits as eight hexadecimal digits. */
export function hex32(value: number): string {
  putHex(eightDigits, 0, 8, value)
  return textOfCodes(eightDigits)
}
