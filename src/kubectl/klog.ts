import { toMicroTimestamp } from '#k8s/time.ts'
import type { ApiClient } from '#protocol/api-client.ts'

/** The number of the process that says so: there is one. */
const processId = '1'.padStart(7)

/**
 * A line of kubectl's own log, as some warnings are: `W1128 03:57:20.292839       1 helpers.go:703] text`.
 * `place` = file and line of the kubectl that is spoken. @source k8s.io/klog formatHeader
 */
export function klogLine(client: Pick<ApiClient, 'now'>, level: 'W' | 'F', place: string, text: string): string {
  const [, month, day, time] = /-(\d\d)-(\d\d)T([\d:.]+)Z/.exec(toMicroTimestamp(client.now())) ?? []
  return `${level}${month}${day} ${time} ${processId} ${place}] ${text}\n`
}
