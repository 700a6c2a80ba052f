/** Which pod and container `logs` and `exec` mean. */
import { matchesLabels } from '#k8s/selector.ts'
import type { AnyObject, Container, LabelSelector, Pod } from '#k8s/types.ts'
import { clientSince } from './client-version.ts'
import type { KubectlContext } from './command.ts'
import { CommandError } from './error-text.ts'
import { findObjects, parseResourceArgs } from './resource-args.ts'

function isReady({ status }: Pod): boolean {
  return status?.conditions?.some((c) => c.type === 'Ready' && c.status === 'True') ?? false
}

/** Pods worth looking at first: bound, running, ready, oldest. @source kubectl/pkg/util/podutils ByLogging, ActivePods */
function byLogging(a: Pod, b: Pod): number {
  const rank = (p: Pod) => (p.spec.nodeName ? 4 : 0) + (p.status?.phase === 'Running' ? 2 : 0) + (isReady(p) ? 1 : 0)
  return rank(b) - rank(a) || ((a.metadata.creationTimestamp ?? '') < (b.metadata.creationTimestamp ?? '') ? -1 : 1)
}

/** @source kubectl/pkg/polymorphichelpers SelectorsForObject */
function selectorOf(object: AnyObject, to: string): LabelSelector {
  const cannot = (why: string) => new CommandError(`cannot ${to} *v1.${object.kind}: ${why}`)
  if (object.kind === 'Service') {
    const labels = object.spec.selector
    if (!labels || Object.keys(labels).length === 0) throw cannot(`invalid service '${object.metadata.name}': Service is defined without a selector`)
    return { matchLabels: labels }
  }
  const selector = (object as { spec?: { selector?: LabelSelector } }).spec?.selector
  if (!selector) throw cannot(`selector for *v1.${object.kind} not implemented`)
  return selector
}

/**
 * The pods of a workload or a Service, best first; the pod itself when it is one. `to` = what is done with them, in the words of the error.
 * @source kubectl/pkg/polymorphichelpers AttachablePodForObject, LogsForObject
 */
export function podsOf(object: AnyObject, { client }: KubectlContext, to: 'attach to' | 'get the logs from'): Pod[] {
  if (object.kind === 'Pod') return [object]
  const selector = selectorOf(object, to)
  const pods = client.list('Pod', { namespace: object.metadata.namespace }).items as Pod[]
  return pods.filter((pod) => matchesLabels(selector, pod.metadata.labels)).sort(byLogging)
}

/** The object that `POD` or `TYPE/NAME` names. Throws ApiError or CommandError. */
export function podOrType(context: KubectlContext, word: string): AnyObject {
  const operands = word.includes('/') ? [word] : ['pods', word]
  const { found, errors } = findObjects(context.client, parseResourceArgs(operands, { namespace: context.namespace }))
  if (errors[0]) throw errors[0]
  return found[0]?.object as AnyObject
}

/** All containers of a pod in the order in which kubectl names them: regular ones, then init containers. */
export function containersOf({ spec }: Pod): { container: Container; init: boolean }[] {
  return [
    ...spec.containers.map((container) => ({ container, init: false })),
    ...(spec.initContainers ?? []).map((container) => ({ container, init: true })),
  ]
}

/**
 * The container asked for, or the pod's first one; unless it is to be quiet, says which when there is a choice. Throws when the pod has no such container.
 * @source kubectl/pkg/cmd/util/podcmd FindOrDefaultContainerByName
 */
export function pickContainer({ client, io }: KubectlContext, pod: Pod, name: string, quiet: boolean): Container {
  const all = containersOf(pod)
  const names = all.map((c) => `${c.container.name}${c.init ? ' (init)' : ''}`).join(', ')
  if (name) {
    const found = all.find((c) => c.container.name === name)
    const choice = clientSince(client, 'containerChoice') ? ` out of: ${names}` : ''
    if (!found) throw new CommandError(`container ${name} is not valid for pod ${pod.metadata.name}${choice}`)
    return found.container
  }
  const preferred = pod.metadata.annotations?.['kubectl.kubernetes.io/default-container']
  const chosen = all.find((c) => c.container.name === preferred) ?? all[0]
  if (!chosen) throw new CommandError(`pod ${pod.metadata.namespace}/${pod.metadata.name} does not have any containers`)
  if (!quiet && all.length > 1 && chosen.container.name !== preferred) {
    io.err(`Defaulted container ${JSON.stringify(chosen.container.name)} out of: ${names}\n`, 'aside')
  }
  return chosen.container
}
