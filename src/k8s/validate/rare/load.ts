/**
 * What few manifests have is checked by code that comes beside the engine, before anything is written. Where it cannot be had, it is not
 * checked.
 */
type RareChecks = typeof import('./checks.ts')

let loaded: RareChecks | undefined

/** Resolves when the code is there. */
export async function loadRareChecks(): Promise<void> {
  loaded = await import('./checks.ts')
}

export function rareChecks(): RareChecks | undefined {
  return loaded
}
