import type { KubeletState } from './fleet.ts'

/** Names of the nodes whose kubelet does not run, sorted. Not known to Kubernetes itself; for the page. */
export function stoppedKubelets(cluster: { componentState(name: string): unknown }): string[] {
  const state = cluster.componentState('kubelet') as KubeletState | undefined
  return state ? [...state.stopped].sort() : []
}
