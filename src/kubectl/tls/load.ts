import type { checkKeyPair } from './key-pair.ts'

let loaded: typeof checkKeyPair | undefined

/** Undefined when keys can be compared at once; else resolves when they can: the curves come when they are first needed. */
export function loadKeyPairs(): Promise<void> | undefined {
  if (loaded) return undefined
  return import('./key-pair.ts').then((module) => {
    loaded = module.checkKeyPair
  })
}

/** What compares a key with a certificate. `loadKeyPairs` must have been waited for. */
export function keyPairs(): typeof checkKeyPair {
  if (!loaded) throw new TypeError('keys cannot be compared before what compares them has come')
  return loaded
}
