/** One vector file: inputs and answers of a real function. `cases` are checked one by one. */
export interface VectorFile {
  about?: string
  version?: string
  cases: unknown[]
  [shared: string]: unknown
}

/** How one kind of vector file is recognised and checked. */
export interface VectorCheck {
  readonly name: string
  /** Whether a file is of this kind, by its keys and those that any of its cases has: the first may be an error, which says little. */
  recognises(file: VectorFile, keys: ReadonlySet<string>): boolean
  /** What is wrong with our answer to one case, in one line; undefined when it is the real one. */
  check(input: unknown, file: VectorFile): string | undefined
}

/** `undefined` when both are the same JSON, else a line that shows both. */
export function difference(what: string, expected: unknown, actual: unknown): string | undefined {
  const [e, a] = [JSON.stringify(expected), JSON.stringify(actual)]
  return e === a ? undefined : `${what}: expected ${e}, got ${a}`
}

/** The first difference of several. */
export function firstOf(...differences: (string | undefined)[]): string | undefined {
  return differences.find((d) => d !== undefined)
}
