import { latePart } from '#k8s/late-part.ts'

/** Field owners are asked for rarely and are a good deal of code. */
const owners = latePart(() => import('./field-owners.ts'))

export const loadFieldOwners = owners.load

/** Undefined when they were not loaded yet. */
export const fieldOwnersIfLoaded = owners.here

/** Throws when it was not waited for. */
export function fieldOwners(): typeof import('./field-owners.ts') {
  const here = owners.here()
  if (!here) throw new Error('field owners were not loaded')
  return here
}
