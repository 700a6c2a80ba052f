import { daemonUpdate, limitsPath } from './daemon-update.ts'
import type { LintRule } from './lint.ts'

/**
 * maxUnavailable and maxSurge exclude each other, and one of them must be there; maxUnavailable is 1 when nothing is written.
 * @source DS-15.54, DS-14.1
 */
export const updateLimits: LintRule = (input) => {
  const update = daemonUpdate(input)
  if (!update || update.unavailable !== update.surge) return []
  const path = [...limitsPath, 'maxUnavailable']
  if (!update.surge)
    return [
      {
        path,
        rule: 'DS-15.54',
        message: 'maxUnavailable and maxSurge are both 0: no pod could ever be replaced, so the API server refuses it.',
        fix: { title: 'Set maxUnavailable: 1', changes: [{ put: path, value: 1 }] },
      },
    ]
  const surge = [...limitsPath, 'maxSurge']
  if (update.maxUnavailable === undefined)
    return [
      {
        path: surge,
        rule: 'DS-14.1',
        message: `maxUnavailable is not written and becomes 1; with maxSurge ${update.maxSurge} the API server refuses that. Write maxUnavailable: 0 as well.`,
        fix: { title: 'Add maxUnavailable: 0', changes: [{ put: path, value: 0 }] },
      },
    ]
  return [
    {
      path: surge,
      rule: 'DS-15.54',
      message: 'maxSurge needs maxUnavailable: 0: a DaemonSet either takes the old pod away first or starts the new one beside it, never both.',
      fix: { title: 'Set maxUnavailable: 0', changes: [{ put: path, value: 0 }] },
    },
  ]
}
