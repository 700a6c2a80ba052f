const keyOf = (key: string) => `daemonset-playground:${key}`

/** localStorage where it is allowed; in a sandboxed frame or with storage blocked every call is quietly without effect. */
export function readStored(key: string): string | undefined {
  try {
    return localStorage.getItem(keyOf(key)) ?? undefined
  } catch {
    return undefined
  }
}

/** Returns whether it is stored: it is not where that is not allowed, or where there is no room. */
export function writeStored(key: string, text: string): boolean {
  try {
    localStorage.setItem(keyOf(key), text)
    return true
  } catch {
    return false
  }
}

/** Whether another window wrote this. */
export const isStored = (event: StorageEvent, key: string): boolean => event.key === keyOf(key)
