import type { Resource } from '#k8s/resources.ts'
import type { Condition } from '#k8s/types.ts'
import type { NamespaceRemains } from './namespace-content.ts'

type Row = [type: string, isTrue: boolean, reason: string, message: string]

const sortedText = (map: ReadonlyMap<string, number>, format: (name: string, count: number) => string): string =>
  [...map]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, count]) => format(name, count))
    .join(', ')

/** `unexpected items still remain in namespace: a for gvr: /v1, Resource=pods` */
export function unexpectedText(namespace: string, { group, version, plural }: Resource): string {
  return `unexpected items still remain in namespace: ${namespace} for gvr: ${group}/${version}, Resource=${plural}`
}

function rows(namespace: string, { counts, finalizers, unexpected }: NamespaceRemains): Row[] {
  const failures = unexpected.map((resource) => unexpectedText(namespace, resource))
  const failureText = failures.length === 1 ? failures[0] : `[${failures.join(', ')}]`
  const remaining = sortedText(counts, (name, count) => `${name.includes('.') ? name : `${name}.`} has ${count} resource instances`)
  const holding = sortedText(finalizers, (name, count) => `${name} in ${count} resource instances`)
  return [
    ['NamespaceDeletionDiscoveryFailure', false, 'ResourcesDiscovered', 'All resources successfully discovered'],
    ['NamespaceDeletionGroupVersionParsingFailure', false, 'ParsedGroupVersions', 'All legacy kube types successfully parsed'],
    failures.length > 0
      ? [
          'NamespaceDeletionContentFailure',
          true,
          'ContentDeletionFailed',
          `Failed to delete all resource types, ${failures.length} remaining: ${failureText}`,
        ]
      : ['NamespaceDeletionContentFailure', false, 'ContentDeleted', 'All content successfully deleted, may be waiting on finalization'],
    counts.size > 0
      ? ['NamespaceContentRemaining', true, 'SomeResourcesRemain', `Some resources are remaining: ${remaining}`]
      : ['NamespaceContentRemaining', false, 'ContentRemoved', 'All content successfully removed'],
    finalizers.size > 0
      ? ['NamespaceFinalizersRemaining', true, 'SomeFinalizersRemain', `Some content in the namespace has finalizers remaining: ${holding}`]
      : ['NamespaceFinalizersRemaining', false, 'ContentHasNoFinalizers', 'All content-preserving finalizers finished'],
  ]
}

/**
 * The conditions of a terminating namespace; a transition time stays while status, reason and message do.
 * @source pkg/controller/namespace/deletion/status_condition_utils.go
 */
export function namespaceConditions(
  before: readonly Condition[] | undefined,
  namespace: string,
  remains: NamespaceRemains,
  timestamp: string,
): Condition[] {
  return rows(namespace, remains).map(([type, isTrue, reason, message]) => {
    const status = isTrue ? 'True' : 'False'
    const known = before?.find((c) => c.type === type)
    const same = known?.status === status && known.reason === reason && known.message === message
    return same ? known : { type, status, lastTransitionTime: timestamp, reason, message }
  })
}
