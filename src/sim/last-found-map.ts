/**
 * A map that knows what it was asked for last: who asks for a key often asks for it again at once, and a look into a map of many thousand
 * keys is a walk through memory that nobody has touched for long.
 */
export class LastFoundMap<V> extends Map<string, V> {
  #lastKey: string | undefined
  #lastValue: V | undefined

  /** A map with these entries. */
  static of<V>(entries: ReadonlyMap<string, V>): LastFoundMap<V> {
    const made = new LastFoundMap<V>()
    for (const [key, value] of entries) made.set(key, value)
    return made
  }

  override get(key: string): V | undefined {
    if (key === this.#lastKey) return this.#lastValue
    const value = super.get(key)
    this.#lastKey = key
    this.#lastValue = value
    return value
  }

  /** No value is `undefined`. */
  override has(key: string): boolean {
    return this.get(key) !== undefined
  }

  override set(key: string, value: V): this {
    this.#lastKey = key
    this.#lastValue = value
    return super.set(key, value)
  }

  override delete(key: string): boolean {
    if (key === this.#lastKey) this.#lastValue = undefined
    return super.delete(key)
  }

  override clear(): void {
    this.#lastKey = undefined
    this.#lastValue = undefined
    super.clear()
  }
}
