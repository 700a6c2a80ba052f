/**
 * Few namespaces ask anything of their pods, and the checks are a good deal of code: it comes beside the engine, before anything is written.
 * Where it cannot be had nothing is refused.
 */
type PodSecurity = typeof import('./admission.ts')

let loaded: PodSecurity | undefined

/** Resolves when the code is there. */
export async function loadPodSecurity(): Promise<void> {
  loaded = await import('./admission.ts')
}

export function podSecurity(): PodSecurity | undefined {
  return loaded
}
