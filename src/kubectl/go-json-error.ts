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
    const char = this.peek()
    if (!char) throw new Problem('unexpected end of JSON input')
    const shown = char === "'" ? `'\\''` : char === '"' ? `'"'` : `'${JSON.stringify(char).slice(1, -1)}'`
    throw new Problem(`invalid character ${shown} ${context}`)
  }

  value(): void {
    const char = this.peek()
    if (char === '{') this.list('}', 'after object key:value pair', () => this.member())
    else if (char === '[') this.list(']', 'after array element', () => this.value())
    else if (char === '"') this.string()
    else {
      const literal = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?)/y
      literal.lastIndex = this.at
      if (!literal.test(this.text)) this.fail('looking for beginning of value')
      this.at = literal.lastIndex
    }
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
    const string = /"(?:[^"\\\n\r\t]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y
    string.lastIndex = this.at
    if (string.test(this.text)) {
      this.at = string.lastIndex
      return
    }
    this.at = this.text.length
    throw new Problem('unexpected end of JSON input')
  }

  end(): void {
    if (this.peek()) this.fail('after top-level value')
  }
}
