const primes = (count: number): number[] => {
  const found: number[] = []
  for (let n = 2; found.length < count; n++) if (found.every((prime) => n % prime)) found.push(n)
  return found
}

/** The first 32 bits of the fraction. */
const fraction = (value: number): number => ((value % 1) * 2 ** 32) | 0

const rounds = primes(64).map((prime) => fraction(Math.cbrt(prime)))
const start = primes(8).map((prime) => fraction(Math.sqrt(prime)))

const turn = (word: number, by: number): number => (word >>> by) | (word << (32 - by))

/** The text as UTF-8, padded to whole blocks of 64 bytes. */
function padded(text: string): DataView {
  const bytes = new TextEncoder().encode(text)
  const blocks = new DataView(new ArrayBuffer(Math.ceil((bytes.length + 9) / 64) * 64))
  bytes.forEach((byte, i) => {
    blocks.setUint8(i, byte)
  })
  blocks.setUint8(bytes.length, 0x80)
  blocks.setUint32(blocks.byteLength - 8, Math.floor(bytes.length / 2 ** 29))
  blocks.setUint32(blocks.byteLength - 4, bytes.length << 3)
  return blocks
}

/** SHA-256 of a text, in hexadecimal: the browser's own comes later, and a command answers at once. @source FIPS 180-4 */
export function sha256(text: string): string {
  const blocks = padded(text)
  const sum = Int32Array.from(start)
  const words = new Int32Array(64)
  for (let at = 0; at < blocks.byteLength; at += 64) {
    for (let i = 0; i < 64; i++) {
      const [near, far] = [words[i - 2] ?? 0, words[i - 15] ?? 0]
      words[i] =
        i < 16
          ? blocks.getInt32(at + 4 * i)
          : (turn(near, 17) ^ turn(near, 19) ^ (near >>> 10)) +
            (words[i - 7] as number) +
            (turn(far, 7) ^ turn(far, 18) ^ (far >>> 3)) +
            (words[i - 16] as number)
    }
    let [a, b, c, d, e, f, g, h] = sum as unknown as [number, number, number, number, number, number, number, number]
    for (let i = 0; i < 64; i++) {
      const first = h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + (rounds[i] as number) + (words[i] as number)
      const second = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))
      ;[a, b, c, d, e, f, g, h] = [(first + second) | 0, a, b, c, (d + first) | 0, e, f, g]
    }
    ;[a, b, c, d, e, f, g, h].forEach((word, i) => {
      sum[i] = (sum[i] as number) + word
    })
  }
  return [...sum].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('')
}
