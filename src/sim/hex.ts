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

/** The 32 bits of each number as eight hexadecimal digits. */
export function hexText(...numbers: number[]): string {
  const codes = new Array<number>(numbers.length * 8)
  for (let i = 0; i < numbers.length; i++) putHex(codes, i * 8, 8, numbers[i] as number)
  return textOfCodes(codes)
}
