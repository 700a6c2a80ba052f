import type { TextRange } from './lint.ts'

/** What a part of a manifest chooses nodes by. */
export type MentionKind = 'node-name' | 'node-selector' | 'node-affinity' | 'preferred-affinity' | 'tolerations' | 'toleration'

/**
 * A stretch of a manifest that speaks of nodes. `rule` = a whole that chooses (the node selector, the required affinity, a toleration);
 * `term` = one line of it that speaks of one label, one name or some taints.
 */
export interface Mention extends TextRange {
  about: MentionKind
  level: 'rule' | 'term'
  /** The label a term speaks of. */
  label?: string
  /** The taint key a term speaks of; empty = every taint. */
  taintKey?: string
  /** Names of the nodes that fit; for tolerations those with a taint that is tolerated. */
  nodes: readonly string[]
  /** For tolerations: the cluster's taints that are tolerated (`key=value:Effect`), each once. */
  taints?: readonly string[]
}
