import { containerStatusesOf, statusNamed } from '#k8s/container-statuses.ts'
import { parseTimestamp, toTimestamp } from '#k8s/time.ts'
import type { ContainerState, ContainerStatus, KubeEvent, Pod } from '#k8s/types.ts'
import type { ApiClient } from '#protocol/api-client.ts'

/** A moment in the life of a container: ms since 1970, and what happened. */
export interface Moment {
  readonly atMs: number
  readonly text: string
}

const moment = (time: string | null | undefined, text: string): Moment[] => (time ? [{ atMs: parseTimestamp(time), text }] : [])

/** When a run ended, and how. */
function ending({ terminated }: ContainerState): Moment[] {
  if (!terminated) return []
  const { exitCode, reason, finishedAt } = terminated
  return moment(finishedAt, `Ended with exit code ${exitCode}${reason ? ` (${reason})` : ''}`)
}

/** What the kubelet did with the container, as its events tell. They are kept for an hour. */
function eventsOf(client: ApiClient, { metadata }: Pod, name: string): Moment[] {
  const fieldSelector = `involvedObject.uid=${metadata.uid ?? ''}`
  const events = client.list('Event', { namespace: metadata.namespace, fieldSelector }).items as KubeEvent[]
  const isAbout = new Set(['containers', 'initContainers', 'ephemeralContainers'].map((list) => `spec.${list}{${name}}`))
  return events
    .filter(({ involvedObject }) => isAbout.has(involvedObject?.fieldPath ?? ''))
    .flatMap(({ message, count = 1, lastTimestamp, metadata: { creationTimestamp } }) =>
      moment(lastTimestamp ?? creationTimestamp, `${message ?? ''}${count > 1 ? ` (${count} times)` : ''}`),
    )
}

export const containerStatusOf = (pod: Pod, name: string): ContainerStatus | undefined => statusNamed(containerStatusesOf(pod), name)

/** What is known of a container's life, oldest first. Empty when nothing is known. */
export function containerLife(client: ApiClient, pod: Pod, name: string): Moment[] {
  const { state = {}, lastState = {}, restartCount = 0 } = containerStatusOf(pod, name) ?? {}
  const told = eventsOf(client, pod, name)
  // where events tell of the first run they tell of its start
  const runs = restartCount > 0 ? `Runs for the ${ordinal(restartCount + 1)} time` : told.length === 0 ? 'Runs' : ''
  return [...told, ...ending(lastState), ...ending(state), ...(runs ? moment(state.running?.startedAt, runs) : [])].sort((a, b) => a.atMs - b.atMs)
}

/** A moment as a log with timestamps has it. */
export const momentLine = ({ atMs, text }: Moment): string => `${toTimestamp(atMs)} ${text}`

const endings = ['th', 'st', 'nd', 'rd']

/** 2 → `2nd`. */
function ordinal(n: number): string {
  const teens = n % 100 > 10 && n % 100 < 14
  return `${n}${(!teens && endings[n % 10]) || 'th'}`
}
