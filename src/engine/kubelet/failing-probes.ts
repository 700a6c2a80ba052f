import type { KubeletState } from './fleet.ts'

/** Which kinds of probe were made to fail, as `<uid of the pod> readiness`, sorted. Not known to Kubernetes itself; for the page. */
export function failingProbes(cluster: { componentState(name: string): unknown }): string[] {
  const state = cluster.componentState('kubelet') as KubeletState | undefined
  const found = new Set<string>()
  for (const { uid, failing } of state?.workers.values() ?? []) for (const key of Object.keys(failing)) found.add(`${uid} ${key.split(' ')[0]}`)
  return [...found].sort()
}
