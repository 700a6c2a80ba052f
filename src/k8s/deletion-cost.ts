/** How dear a pod is among those of which its ReplicaSet gives some up. */
export const deletionCostAnnotation = 'controller.kubernetes.io/pod-deletion-cost'

/** What the annotation says; undefined for what is no 32-bit integer, or begins with a plus sign or a zero too many. @source pkg/apis/core/helper GetDeletionCostFromPodAnnotations */
export function parseDeletionCost(text: string): number | undefined {
  if (!/^(0|-\d+|[1-9]\d*)$/.test(text)) return undefined
  const cost = Number(text)
  return cost === (cost | 0) ? cost : undefined
}
