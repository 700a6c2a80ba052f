import type { Prediction } from '#protocol/prediction.ts'
import { durationText } from '../cards/duration-text.ts'
import { aheadText as text } from '../text/ahead.ts'

export const hasChanges = ({ results }: Prediction): boolean => results.some((one) => one.ok && !one.warning && !one.message.endsWith(' unchanged'))

/** All of a look ahead in a sentence or two; a text says why there was none, undefined that it is under way. */
export function aheadSummary(found: Prediction | string | undefined): string {
  if (found === undefined) return text.asking
  if (typeof found === 'string') return text.failed
  const { results, pods, workloads, durationMs, settled } = found
  if (!hasChanges(found)) return results.some((one) => !one.ok) ? text.refused : text.nothing
  const isStuck = pods.some((pod) => pod.waiting) || workloads.some((one) => one.available < one.desired)
  // a number and its unit stay on one line
  const took = durationText(durationMs).replaceAll(' ', '\u00a0')
  const ending = (settled ? (isStuck ? text.stuck : text.took) : text.unsettled)(took)
  return pods.length === 0 ? text.noPods : `${text.sum(pods)}. ${ending}`
}
