/** A map that is brought up to date only when somebody looks: what comes in between costs it nothing. */
export class LateMap<V> extends Map<string, V> {
  private late: (() => void) | undefined

  /** `file` is called before the next look at the map, once; it adds what has come in. */
  expect(file: () => void): void {
    this.late = file
  }

  /** A map with the same entries. */
  copy(): LateMap<V> {
    const copy = new LateMap<V>()
    for (const [key, value] of this) copy.set(key, value)
    return copy
  }

  /** Brings the map up to date. */
  file(): void {
    const { late } = this
    if (!late) return
    this.late = undefined
    late()
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
    this.file()
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
