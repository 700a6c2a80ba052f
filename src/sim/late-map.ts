/**
 * A map that files what is added only when somebody looks: adding costs no key and no place in a table. `keyOf` gives a value's key.
 */
export class LateMap<V> extends Map<string, V> {
  private readonly keyOf: (value: V) => string
  private arrived: V[] = []

  constructor(keyOf: (value: V) => string) {
    super()
    this.keyOf = keyOf
  }

  /** Adds a value whose key is not in the map yet. */
  add(value: V): void {
    this.arrived.push(value)
  }

  /** A map with the same entries. */
  copy(): LateMap<V> {
    const copy = new LateMap<V>(this.keyOf)
    for (const [key, value] of this) copy.set(key, value)
    return copy
  }

  private file(): void {
    const { arrived } = this
    if (arrived.length === 0) return
    this.arrived = []
    for (const value of arrived) super.set(this.keyOf(value), value)
  }

  override get size(): number {
    this.file()
    return super.size
  }

  override get(key: string): V | undefined {
    this.file()
    return super.get(key)
  }

  override has(key: string): boolean {
    this.file()
    return super.has(key)
  }

  override set(key: string, value: V): this {
    this.file()
    return super.set(key, value)
  }

  override delete(key: string): boolean {
    this.file()
    return super.delete(key)
  }

  override clear(): void {
    this.arrived = []
    super.clear()
  }

  override forEach(visit: (value: V, key: string, map: Map<string, V>) => void): void {
    this.file()
    super.forEach(visit)
  }

  override entries(): MapIterator<[string, V]> {
    this.file()
    return super.entries()
  }

  override keys(): MapIterator<string> {
    this.file()
    return super.keys()
  }

  override values(): MapIterator<V> {
    this.file()
    return super.values()
  }

  override [Symbol.iterator](): MapIterator<[string, V]> {
    return this.entries()
  }
}
