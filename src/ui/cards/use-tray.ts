import { useCluster } from '#state/use-store.ts'
import { en } from '../text/en.ts'

const none: readonly string[] = []

/** The pods that are on no card, and what their lane is called: those that have a node all the same are bound to a Node that is gone. */
export function useTray(): { podKeys: readonly string[]; title: string; hint: string } {
  const podKeys = useCluster((state) => state.podsByNode.get('') ?? none)
  const areLost = useCluster((state) => podKeys.every((key) => state.tables.Pod.get(key)?.spec.nodeName))
  return { podKeys, title: areLost ? en.canvas.lost : en.canvas.waiting, hint: areLost ? en.canvas.lostHint : en.canvas.waitingHint }
}
