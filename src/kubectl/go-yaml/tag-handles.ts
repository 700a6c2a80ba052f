/** What the handles of tags stand for. */
export class TagHandles {
  private readonly own = new Map<string, string>()

  /** False for a handle that stands for something already. */
  add(handle: string, prefix: string): boolean {
    if (this.own.has(handle)) return false
    this.own.set(handle, prefix)
    return true
  }

  /** A tag with its long prefix; undefined for a handle nobody named. */
  resolve(handle: string, suffix: string): string | undefined {
    if (!handle) return suffix
    const prefix = this.own.get(handle) ?? (handle === '!' ? '!' : handle === '!!' ? 'tag:yaml.org,2002:' : undefined)
    return prefix === undefined ? undefined : prefix + suffix
  }
}
