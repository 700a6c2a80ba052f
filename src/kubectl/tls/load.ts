import { latePart } from '#k8s/late-part.ts'
import type { checkKeyPair } from './key-pair.ts'

/** The curves come when keys are first compared. */
const pairs = latePart(() => import('./key-pair.ts'))

export const loadKeyPairs = pairs.load

/** What compares a key with a certificate. `loadKeyPairs` must have been waited for. */
export function keyPairs(): typeof checkKeyPair {
  const here = pairs.here()
  if (!here) throw new TypeError('keys cannot be compared before what compares them has come')
  return here.checkKeyPair
}
