import { ShellError } from './io.ts'

const plain: Record<string, string> = { n: '\n', t: '\t', r: '\r', a: '\x07', b: '\b', f: '\f', v: '\v', e: '\x1b', E: '\x1b' }

/** Text with `\n`, `\t`, `\x41`, `\u00e9`, `\101` and their kin replaced; an unknown `\c` stays as it is. */
export function unescapeText(text: string): string {
  return text.replace(/\\(?:x([\da-fA-F]{1,2})|u([\da-fA-F]{1,4})|([0-7]{1,3})|(.))/gs, (all, hex, unicode, octal, char) => {
    if (char !== undefined) return plain[char] ?? ('\\"\'?'.includes(char) ? char : all)
    return String.fromCharCode(octal ? Number.parseInt(octal, 8) : Number.parseInt(hex ?? unicode, 16))
  })
}

/** Wider than any screen; and as many digits as a number can be asked for. */
const mostWidth = 10_000
const mostDigits = 100

/** One number of printf and awk, by its conversion (`5.2f` without `%`). */
function formatNumber(value: number, kind: string, precision: number | undefined, flags: string): string {
  let text: string
  if (kind === 'f') text = value.toFixed(precision ?? 6)
  else if (kind === 'e') text = value.toExponential(precision ?? 6).replace(/e([-+])(\d)$/, 'e$10$2')
  else if (kind === 'g') text = formatGeneral(value, precision ?? 6)
  else {
    const whole = Math.trunc(value) || 0
    text = kind === 'x' || kind === 'X' ? whole.toString(16) : kind === 'o' ? whole.toString(8) : String(whole)
    if (kind === 'X') text = text.toUpperCase()
    if (precision !== undefined) text = text.padStart(precision, '0')
  }
  return value >= 0 && flags.includes('+') ? `+${text}` : text
}

/** `%.6g`: so many significant digits, without zeros at the end. */
export function formatGeneral(value: number, precision: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf'
  const [mantissa = '', exponent] = value.toPrecision(precision || 1).split('e')
  const short = mantissa.includes('.') ? mantissa.replace(/\.?0+$/, '') : mantissa
  if (exponent === undefined && (value === 0 || Math.abs(value) >= 1e-4)) return short
  const [digits = '', power = ''] = value.toExponential(Math.max(0, precision - 1)).split('e')
  return `${digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits}e${power.replace(/^([-+])(\d)$/, '$10$2')}`
}

export interface Arguments {
  text(): string
  number(): number
}

/** `printf` of shell and awk: `%[-+ 0][WIDTH][.PRECISION]` with s d i u x X o f e g c b q %; `*` takes a width from the arguments. */
export function formatText(format: string, next: Arguments): string {
  return format.replace(/%([-+ 0#]*)(\d+|\*)?(?:\.(\d+|\*)?)?([sdiuxXofFeEgGcbq%])/g, (all, flags: string, width, precision, kind: string) => {
    if (kind === '%') return '%'
    const wide = Number(width === '*' ? next.number() : (width ?? 0))
    const exact = all.includes('.') ? Number(precision === '*' ? next.number() : (precision ?? 0)) : undefined
    const isNumber = !'sbqc'.includes(kind)
    if (Math.abs(wide) > mostWidth) throw new ShellError(`printf: more than ${mostWidth} columns are not filled here`, 1)
    if (isNumber && (exact ?? 0) > mostDigits) throw new ShellError(`printf: more than ${mostDigits} digits are not printed here`, 1)
    let text: string
    if (!isNumber) {
      text = next.text()
      if (kind === 'b') text = unescapeText(text)
      if (kind === 'q') text = text.replace(/[^\w@%+=:,./-]/g, '\\$&') || "''"
      text = text.slice(0, kind === 'c' ? 1 : exact)
    } else
      text = formatNumber(
        next.number(),
        kind.replace(/[FEG]/, (k) => k.toLowerCase()),
        exact,
        flags,
      )
    if (flags.includes('-')) return text.padEnd(wide)
    if (!flags.includes('0') || !isNumber) return text.padStart(wide)
    const sign = /^[-+]/.exec(text)?.[0] ?? ''
    return sign + text.slice(sign.length).padStart(wide - sign.length, '0')
  })
}
