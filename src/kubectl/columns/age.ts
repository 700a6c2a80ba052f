import { formatAge } from '#k8s/duration.ts'
import { parseTimestamp } from '#k8s/time.ts'
import type { PrintTime } from '../table.ts'

/** How long ago a timestamp was (`3m20s`), `<unknown>` when there is none. @source pkg/printers/internalversion translateTimestampSince; PR-3.1 */
export function ageOf(timestamp: string | null | undefined, time: Pick<PrintTime, 'nowMs'>): string {
  return timestamp ? formatAge((time.nowMs - parseTimestamp(timestamp)) / 1000) : '<unknown>'
}
