import { latePart } from '../../late-part.ts'

/**
 * What few manifests have is checked by code that comes beside the engine, before anything is written. Where it cannot be had, it is not
 * checked.
 */
export const { load: loadRareChecks, here: rareChecks } = latePart(() => import('./checks.ts'))
