import type { ObjectRef } from './api-client.ts'
import type { Lint } from './lint.ts'
import type { Mention } from './mention.ts'

/** What a manifest says, seen beside the cluster as it is now. */
export interface Examination {
  /** What deserves a second look. */
  lints: readonly Lint[]
  /** Where it speaks of nodes and taints, and of which. */
  mentions: readonly Mention[]
  /** The objects it describes, whether they exist or not. */
  objects: readonly ObjectRef[]
}
