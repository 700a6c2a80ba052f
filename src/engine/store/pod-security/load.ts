import { latePart } from '#k8s/late-part.ts'

/**
 * Few namespaces ask anything of their pods, and the checks are a good deal of code: it comes beside the engine, before anything is written.
 * Where it cannot be had nothing is refused.
 */
export const { load: loadPodSecurity, here: podSecurity } = latePart(() => import('./admission.ts'))
