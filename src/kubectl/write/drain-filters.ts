import { ApiError } from '#k8s/api-error.ts'
import { controllerOf } from '#k8s/owner.ts'
import { isTerminal, mirrorPodAnnotation } from '#k8s/pod.ts'
import { parseTimestamp } from '#k8s/time.ts'
import type { Pod } from '#k8s/types.ts'
import type { ApiClient } from '#protocol/api-client.ts'
import { clientSince } from '../client-version.ts'

export interface DrainOptions {
  force: boolean
  ignoreDaemonSets: boolean
  deleteEmptyDirData: boolean
  podSelector: string
  /** Pods that have been terminating for longer are not waited for; 0 = wait for all. */
  skipDeletedSeconds: number
}

/** What drain makes of one pod. */
interface PodDeleteStatus {
  delete: boolean
  reason: 'Okay' | 'Skip' | 'Warning' | 'Error'
  message: string
}

const okay: PodDeleteStatus = { delete: true, reason: 'Okay', message: '' }
const skip: PodDeleteStatus = { delete: false, reason: 'Skip', message: '' }
const warning = (remove: boolean, message: string): PodDeleteStatus => ({ delete: remove, reason: 'Warning', message })
const refuse = (message: string): PodDeleteStatus => ({ delete: false, reason: 'Error', message })

type Filter = (pod: Pod, client: ApiClient, options: DrainOptions) => PodDeleteStatus

const skipDeletedFilter: Filter = (pod, client, options) => (isSkipped(pod, client, options) ? skip : okay)

const daemonSetFilter: Filter = (pod, client, options) => {
  const owner = controllerOf(pod)
  if (owner?.kind !== 'DaemonSet' || isTerminal(pod)) return okay
  try {
    client.get({ kind: 'DaemonSet', namespace: pod.metadata.namespace, name: owner.name })
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    return error.reason === 'NotFound' && options.force ? warning(true, error.message) : refuse(error.message)
  }
  return options.ignoreDaemonSets
    ? warning(false, 'ignoring DaemonSet-managed Pods')
    : refuse('DaemonSet-managed Pods (use --ignore-daemonsets to ignore)')
}

const mirrorPodFilter: Filter = (pod) => (pod.metadata.annotations?.[mirrorPodAnnotation] === undefined ? okay : skip)

const localStorageFilter: Filter = (pod, _, options) => {
  if (isTerminal(pod) || !pod.spec.volumes?.some((v) => v.emptyDir)) return okay
  return options.deleteEmptyDirData
    ? warning(true, 'deleting Pods with local storage')
    : refuse('Pods with local storage (use --delete-emptydir-data to override)')
}

const unreplicatedFilter: Filter = (pod, client, options) => {
  if (isTerminal(pod) || controllerOf(pod)) return okay
  return options.force
    ? warning(true, 'deleting Pods that declare no controller')
    : refuse(`${clientSince(client, 'drainWords') ? '' : 'cannot delete '}Pods that declare no controller (use --force to override)`)
}

const filters: readonly Filter[] = [skipDeletedFilter, daemonSetFilter, mirrorPodFilter, localStorageFilter, unreplicatedFilter]

/** Whether a pod has been terminating for so long that drain does not wait for it. */
export function isSkipped(pod: Pod, client: ApiClient, { skipDeletedSeconds }: DrainOptions): boolean {
  const since = pod.metadata.deletionTimestamp
  return skipDeletedSeconds > 0 && since !== undefined && (client.now() - parseTimestamp(since)) / 1000 > skipDeletedSeconds
}

export interface PodsForDeletion {
  pods: Pod[]
  /** `TEXT: ns/a, ns/b; …`, or empty. */
  warnings: string
  errors: string[]
}

/**
 * The pods of a node that drain may delete, and why it must not delete others. The first filter that says no decides;
 * otherwise the last filter's warning is the one that counts.
 * @source kubectl/pkg/drain/filters.go, drain.go GetPodsForDeletion; NL-10.2 … NL-10.5
 */
export function getPodsForDeletion(client: ApiClient, nodeName: string, options: DrainOptions): PodsForDeletion {
  const { items } = client.list('Pod', { labelSelector: options.podSelector || undefined, fieldSelector: `spec.nodeName=${nodeName}` })
  const judged = (items as Pod[]).map((pod) => {
    let status = okay
    for (const filter of filters) {
      status = filter(pod, client, options)
      if (!status.delete) break
    }
    return { pod, status }
  })
  const groups = (reason: PodDeleteStatus['reason']): string[] => {
    const byMessage = new Map<string, string[]>()
    for (const { pod, status } of judged) {
      if (status.reason === reason)
        byMessage.set(status.message, [...(byMessage.get(status.message) ?? []), `${pod.metadata.namespace}/${pod.metadata.name}`])
    }
    return [...byMessage].map(([message, names]) => `${message}: ${names.join(', ')}`)
  }
  return {
    pods: judged.filter((j) => j.status.delete).map((j) => j.pod),
    warnings: groups('Warning').join('; '),
    errors: groups('Error').map((text) => `cannot delete ${text}`),
  }
}
