const keyOf = (key: string) => `daemonset-playground:${key}`

/** localStorage where it is allowed; in a sandboxed frame or with storage blocked every call is quietly without effect. */
export function readStored(key: string): string | undefined {
  try {
    return localStorage.getItem(keyOf(key)) ?? undefined
  } catch {
    return undefined
  }
}

/** Returns what became of it: stored, or not, since there is no room or since that is not allowed. */
export function writeStored(key: string, text: string): 'stored' | 'full' | 'forbidden' {
  try {
    localStorage.setItem(keyOf(key), text)
    return 'stored'
  } catch (error) {
    // QuotaExceededError, in Firefox NS_ERROR_DOM_QUOTA_REACHED
    return /quota/i.test((error as Error).name) ? 'full' : 'forbidden'
  }
}

/** Whether another window wrote this. */
export const isStored = (event: StorageEvent, key: string): boolean => event.key === keyOf(key)
