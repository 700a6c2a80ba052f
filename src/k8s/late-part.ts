/** Code or data that is a good deal and rarely needed: it comes when it is first asked for. */
export interface LatePart<T> {
  /** Undefined when it is there already; else resolves when it is. */
  load(): Promise<void> | undefined
  /** Undefined until it has come. */
  here(): T | undefined
}

export function latePart<T>(bring: () => Promise<T>): LatePart<T> {
  let part: T | undefined
  return {
    load() {
      if (part !== undefined) return undefined
      return bring().then((come) => {
        part = come
      })
    },
    here: () => part,
  }
}
