import type { Pod } from '#k8s/types.ts'
import { en } from '../text/en.ts'
import { podLook } from './pod-look.ts'

/** How a pod is, in words: kubectl's, and what that means. */
export function podText(pod: Pod, isNodeGone: boolean): string {
  const { picture, status } = podLook(pod, isNodeGone)
  const gone = isNodeGone && en.pod.goneNode(pod.spec.nodeName ?? '')
  return `${status}: ${[picture !== 'lost' && en.pod.pictures[picture], gone].filter(Boolean).join(', ')}`
}
