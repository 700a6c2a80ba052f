/**
 * Field owners are asked for rarely and are a good deal of code: it comes when it is first needed.
 */
type FieldOwners = typeof import('./field-owners.ts')

let loaded: FieldOwners | undefined

/** Undefined when the code is there already; else resolves when it is. */
export function loadFieldOwners(): Promise<void> | undefined {
  return loaded
    ? undefined
    : import('./field-owners.ts').then((module) => {
        loaded = module
      })
}

/** Throws when it was not waited for. */
export function fieldOwners(): FieldOwners {
  if (!loaded) throw new Error('field owners were not loaded')
  return loaded
}
