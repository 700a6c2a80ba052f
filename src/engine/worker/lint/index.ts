import { affinityReplaced } from './affinity-replaced.ts'
import { blanketToleration } from './blanket-toleration.ts'
import { controlPlaneToleration } from './control-plane-toleration.ts'
import { hostPortSurge } from './host-port-surge.ts'
import { immutableSelector } from './immutable-selector.ts'
import type { LintRule } from './lint.ts'
import { noMatchingNode } from './no-matching-node.ts'
import { onDeleteImage } from './on-delete-image.ts'
import { overwrittenToleration } from './overwritten-toleration.ts'
import { selectorLabels } from './selector-labels.ts'
import { tooLargeRequest } from './too-large-request.ts'
import { unusedToleration } from './unused-toleration.ts'
import { updateLimits } from './update-limits.ts'

/** Everything that is looked for in a manifest whose kind is known. */
export const lintRules: readonly LintRule[] = [
  selectorLabels,
  immutableSelector,
  updateLimits,
  hostPortSurge,
  onDeleteImage,
  noMatchingNode,
  affinityReplaced,
  tooLargeRequest,
  blanketToleration,
  overwrittenToleration,
  unusedToleration,
  controlPlaneToleration,
]
