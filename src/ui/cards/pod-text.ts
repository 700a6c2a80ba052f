import type { Pod } from '#k8s/types.ts'
import { en } from '../text/en.ts'
import type { PodLook } from './pod-look.ts'

/** How a pod is, in words: kubectl's, and what that means. */
export function podText({ spec }: Pod, { picture, status }: PodLook, isNodeGone: boolean): string {
  const gone = isNodeGone && en.pod.goneNode(spec.nodeName ?? '')
  return `${status}: ${[picture !== 'lost' && en.pod.pictures[picture], gone].filter(Boolean).join(', ')}`
}
