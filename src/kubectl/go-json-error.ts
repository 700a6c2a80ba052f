/** What Go's JSON decoder says about text that is no JSON, and after how many characters; undefined when it is JSON. */
export function goJsonError(text: string): { message: string; offset: number } | undefined {
  try {
    JSON.parse(text)
    return undefined
  } catch {
    const reader = new Reader(text)
    try {
      reader.value()
      reader.end()
    } catch (problem) {
      if (problem instanceof Problem) return { message: problem.message, offset: reader.at }
      throw problem
    }
    return { message: 'unexpected end of JSON input', offset: text.length }
  }
}

class Problem extends Error {}

class Reader {
  at = 0

  constructor(private readonly text: string) {}

  private peek(): string {
    while (/[ \t\r\n]/.test(this.text[this.at] ?? '')) this.at++
    return this.text[this.at] ?? ''
  }

  private fail(context: string): never {
    this.peek()
    return this.failHere(context)
  }

  /** Where blanks are no better than other characters. */
  private failHere(context: string): never {
    const char = this.text[this.at]
    if (!char) throw new Problem('unexpected end of JSON input')
    const shown = char === "'" ? `'\\''` : char === '"' ? `'"'` : `'${JSON.stringify(char).slice(1, -1)}'`
    throw new Problem(`invalid character ${shown} ${context}`)
  }

  private isAt(pattern: RegExp): boolean {
    return pattern.test(this.text[this.at] ?? '')
  }

  value(): void {
    const char = this.peek()
    if (char === '{') this.list('}', 'after object key:value pair', () => this.member())
    else if (char === '[') this.list(']', 'after array element', () => this.value())
    else if (char === '"') this.string()
    else if (/[-\d]/.test(char)) this.number()
    else {
      const word = ['true', 'false', 'null'].find((one) => one[0] === char)
      if (!word) this.fail('looking for beginning of value')
      this.word(word as string)
    }
  }

  private word(word: string): void {
    for (const char of word) {
      if (this.text[this.at] !== char) this.failHere(`in literal ${word} (expecting '${char}')`)
      this.at++
    }
  }

  private number(): void {
    if (this.isAt(/-/)) this.at++
    if (this.isAt(/0/)) this.at++
    else this.digits('in numeric literal')
    if (this.isAt(/\./)) {
      this.at++
      this.digits('after decimal point in numeric literal')
    }
    if (!this.isAt(/e/i)) return
    this.at++
    if (this.isAt(/[-+]/)) this.at++
    this.digits('in exponent of numeric literal')
  }

  private digits(context: string): void {
    if (!this.isAt(/\d/)) this.failHere(context)
    while (this.isAt(/\d/)) this.at++
  }

  private list(close: string, context: string, item: () => void): void {
    this.at++
    if (this.peek() === close) {
      this.at++
      return
    }
    for (;;) {
      item()
      const char = this.peek()
      if (char === close) break
      if (char !== ',') this.fail(context)
      this.at++
    }
    this.at++
  }

  private member(): void {
    if (this.peek() !== '"') this.fail('looking for beginning of object key string')
    this.string()
    if (this.peek() !== ':') this.fail('after object key')
    this.at++
    this.value()
  }

  private string(): void {
    for (this.at++; !this.isAt(/"/); this.at++) {
      if ((this.text[this.at] ?? '') < ' ') this.failHere('in string literal')
      if (this.isAt(/\\/)) this.escape()
    }
    this.at++
  }

  private escape(): void {
    this.at++
    if (!this.isAt(/["\\/bfnrtu]/)) this.failHere('in string escape code')
    if (!this.isAt(/u/)) return
    for (let i = 0; i < 4; i++) {
      this.at++
      if (!this.isAt(/[\da-f]/i)) this.failHere('in \\u hexadecimal character escape')
    }
  }

  end(): void {
    if (this.peek()) this.fail('after top-level value')
  }
}
