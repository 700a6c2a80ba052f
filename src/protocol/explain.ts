import type { ObjectRef } from './api-client.ts'

/** What the page asks the reason of. */
export type Question =
  /** Why this DaemonSet has no pod on this node. */
  | { about: 'ghost'; node: string; namespace: string; daemonset: string }
  /** Why this pod is here, and in this state. */
  | { about: 'pod'; namespace: string; name: string }
  /** What holds on this node: its state, and each DaemonSet's verdict. */
  | { about: 'node'; name: string }
  /** What this number of a DaemonSet's status counts. */
  | { about: 'number'; namespace: string; daemonset: string; number: DaemonSetNumber }
  /** How the rollout of a DaemonSet goes, and what it waits for. */
  | { about: 'rollout'; namespace: string; daemonset: string }

export type DaemonSetNumber = 'desired' | 'current' | 'ready' | 'upToDate' | 'available' | 'misscheduled'

/** One rule that was asked, in the order it was asked. `open` = not asked, or still waited for. */
export interface Reason {
  verdict: 'yes' | 'no' | 'open'
  /** A sentence in plain text; `code` parts stand between backquotes. */
  text: string
  /** Rule of the specification or upstream function, for the curious. */
  rule?: string
}

/** Something that would change the answer: a command line for the terminal, shown with its text. */
export interface Remedy {
  text: string
  command: string
}

export interface Explanation {
  /** The question in words (`Why is there no agent pod on control-plane-0?`). */
  title: string
  /** The answer in one sentence. */
  summary: string
  reasons: Reason[]
  remedies: Remedy[]
  /** Nodes the answer speaks of; the canvas lights them up. */
  nodes: string[]
  objects: ObjectRef[]
}

/** Why a DaemonSet has no pod on a node, as one code. `taint`: detail = `key=value:Effect`. */
export type GhostReason = 'node-name' | 'node-selector' | 'node-affinity' | 'taint' | 'refused' | 'waiting' | 'back-off' | 'other'

/** A DaemonSet that has no pod on a node. */
export interface Ghost {
  namespace: string
  daemonset: string
  reason: GhostReason
  /** The detail as it stands in the object: a taint, a selector term, a node name. */
  detail: string
}
