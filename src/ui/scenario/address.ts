/** Puts what is open into the address, so that it can be shared and comes back on reload. Undefined takes the word away. */
export function rememberInAddress(values: { scenario?: string | undefined; version?: string | undefined }): void {
  const address = new URL(location.href)
  for (const [key, value] of Object.entries(values)) {
    if (value === undefined) address.searchParams.delete(key)
    else address.searchParams.set(key, value)
  }
  history.replaceState(null, '', address)
}

/** The Kubernetes version that was chosen for the clusters of this page; undefined = as the scenario says, or the newest. */
export function chosenVersion(): string | undefined {
  return new URL(location.href).searchParams.get('version') || undefined
}

/** The scenario the address names. */
export function chosenScenario(): string | undefined {
  return new URL(location.href).searchParams.get('scenario') || undefined
}
