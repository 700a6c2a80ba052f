import { formatTaint } from '#k8s/taint.ts'
import type { ClusterState } from '#state/cluster.ts'
import { nodeStatus } from '#state/node-status.ts'
import { customLabels } from '../cards/node-look.ts'

type Parts = readonly unknown[]
const known = new Map<string, { parts: Parts; words: string }>()

/** All that a node is found by: its name, how it is, taints, labels, its pods, and the DaemonSets that have none there. In small letters. */
function wordsOf(state: ClusterState, name: string): string {
  const parts = [state.tables.Node.get(name), state.podsByNode.get(name), state.ghosts.get(name)] as const
  const before = known.get(name)
  if (before?.parts.every((part, at) => part === parts[at])) return before.words
  const [node, podKeys = [], ghosts = []] = parts
  const words = [
    name,
    ...(node ? [nodeStatus(node).text, ...(node.spec.taints ?? []).map(formatTaint), ...customLabels(node).map((label) => label.join('='))] : []),
    ...podKeys,
    ...ghosts.map(({ daemonset, reason }) => `no ${daemonset} ${reason}`),
  ]
    .join('\n')
    .toLowerCase()
  known.set(name, { parts, words })
  return words
}

/** The nodes, in their order, of which every word of the search is said. */
export function findNodes(state: ClusterState, search: string): readonly string[] {
  const wanted = search.toLowerCase().split(/\s+/).filter(Boolean)
  return state.nodeNames.filter((name) => {
    const words = wordsOf(state, name)
    return wanted.every((word) => words.includes(word))
  })
}
