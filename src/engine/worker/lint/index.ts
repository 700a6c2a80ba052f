import { affinityReplaced } from './affinity-replaced.ts'
import { blanketToleration } from './blanket-toleration.ts'
import { controlPlaneToleration } from './control-plane-toleration.ts'
import { deprecatedFields } from './deprecated-fields.ts'
import { gatedFields } from './gated-fields.ts'
import { hostPortSurge } from './host-port-surge.ts'
import { immutableFields } from './immutable-fields.ts'
import { immutableSelector } from './immutable-selector.ts'
import type { LintRule } from './lint.ts'
import { noMatchingNode } from './no-matching-node.ts'
import { onDeleteImage } from './on-delete-image.ts'
import { overwrittenToleration } from './overwritten-toleration.ts'
import { priorityOnFullCluster } from './priority-on-full-cluster.ts'
import { selectorLabels } from './selector-labels.ts'
import { serverFields } from './server-fields.ts'
import { tooLargeRequest } from './too-large-request.ts'
import { unusedToleration } from './unused-toleration.ts'
import { updateLimits } from './update-limits.ts'

/** Everything that is looked for in a manifest whose kind is known. */
export const lintRules: readonly LintRule[] = [
  selectorLabels,
  immutableSelector,
  immutableFields,
  updateLimits,
  hostPortSurge,
  onDeleteImage,
  noMatchingNode,
  affinityReplaced,
  tooLargeRequest,
  priorityOnFullCluster,
  blanketToleration,
  overwrittenToleration,
  unusedToleration,
  controlPlaneToleration,
  deprecatedFields,
  gatedFields,
  serverFields,
]
