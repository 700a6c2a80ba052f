/** The parts of a step that can differ between two versions. `daemonSets`: numbers of their status. */
export type ComparedPart = 'stdout' | 'stderr' | 'exit' | 'daemonSets' | 'pods' | 'nodes' | 'revisions' | 'workloads' | 'events'

/** Lines of one part that only one of the two versions has, in its order. */
export interface Difference {
  part: ComparedPart
  a: string[]
  b: string[]
}

/** A step of the scenario as the terminal would show it, and what differs after it; no differences = both versions did the same. */
export interface ComparedStep {
  text: string
  differences: Difference[]
}

/** One scenario on two versions. */
export interface Comparison {
  title: string
  versions: [a: string, b: string]
  steps: ComparedStep[]
  /** The behaviour changes that lie between the two, oldest first: the version that brought each, and a sentence. */
  changes: { since: string; what: string }[]
}
