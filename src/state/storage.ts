/** localStorage where it is allowed; in a sandboxed frame or with storage blocked every call is quietly without effect. */
export function readStored(key: string): string | undefined {
  try {
    return localStorage.getItem(`daemonset-playground:${key}`) ?? undefined
  } catch {
    return undefined
  }
}

export function writeStored(key: string, text: string): void {
  try {
    localStorage.setItem(`daemonset-playground:${key}`, text)
  } catch {
    // Not allowed or full: the page works without it.
  }
}
