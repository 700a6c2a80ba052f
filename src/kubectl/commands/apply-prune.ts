import { apiVersionOf, findKind, type Resource, resourceOf } from '#k8s/resources.ts'
import type { Kind, KubeObject } from '#k8s/types.ts'
import type { KubectlContext, Parsed } from '../command.ts'
import { CommandError } from '../error-text.ts'
import type { DryRun } from '../write/dry-run.ts'
import { lastAppliedAnnotation } from '../write/last-applied.ts'
import type { PrintResult } from '../write/print-result.ts'
import { isUnmodelled } from '../write/unmodelled.ts'
import { propagationOf } from './delete.ts'

/** What is pruned unless --prune-allowlist says otherwise. @source kubectl/pkg/util/prune GetRESTMappings */
const defaults: readonly Kind[] = ['Pod', 'Service', 'DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet', 'Namespace']

/** The resources that are pruned. Throws when it is not said which objects may go. */
export function pruneScope(args: Parsed): readonly Resource[] {
  if (!args.bool('all') && !args.string('selector'))
    throw new CommandError(
      'all resources selected for prune without explicitly passing --all. To prune all resources, pass the --all flag. If you did not mean to prune all resources, specify a label selector',
    )
  return allowed(args)
}

function allowed(args: Parsed): Resource[] {
  const words = args.list('prune-allowlist').filter(Boolean)
  if (words.length === 0) return defaults.map(resourceOf)
  return words.flatMap((word) => {
    const [group = '', version, kind = '', ...more] = word.split('/')
    if (kind === '' || more.length > 0) throw new CommandError(`invalid GroupVersionKind format: ${word}, please follow <group/version/kind>`)
    const resource = findKind(kind)
    const apiVersion = group === 'core' || group === '' ? String(version) : `${group}/${version}`
    if (resource && apiVersionOf(resource) === apiVersion) return resource
    // of the others that a real cluster has there are no objects
    if (isUnmodelled(apiVersion, kind)) return []
    throw new CommandError(`no matches for kind ${JSON.stringify(kind)} in version ${JSON.stringify(apiVersion)}`)
  })
}

/**
 * Deletes what was once applied, matches the selector and was not applied now: in the namespaces of what was applied.
 * @source kubectl/pkg/cmd/apply/prune.go
 */
export function prune(
  context: KubectlContext,
  args: Parsed,
  wanted: readonly Resource[],
  applied: readonly KubeObject[],
  dryRun: DryRun,
  print: PrintResult,
): void {
  const { client } = context
  const kept = new Set(applied.map(({ metadata }) => metadata.uid))
  const namespaces = new Set(applied.flatMap(({ metadata }) => metadata.namespace ?? []))
  const clusterWide = wanted.filter((r) => !r.namespaced && !args.has('namespace'))
  const scopes: [namespace: string | undefined, resources: Resource[]][] = [
    ...[...namespaces].map((namespace): [string, Resource[]] => [namespace, wanted.filter((r) => r.namespaced)]),
    [undefined, clusterWide],
  ]
  for (const [namespace, pruned] of scopes) {
    for (const resource of pruned) {
      const { items } = client.list(resource.kind, { namespace, labelSelector: args.string('selector') || undefined })
      for (const object of items) {
        const { annotations, uid, name } = object.metadata
        if (annotations?.[lastAppliedAnnotation] === undefined || kept.has(uid)) continue
        if (dryRun !== 'client')
          client.delete({ kind: resource.kind, namespace, name }, { propagationPolicy: propagationOf(args), dryRun: dryRun === 'server' })
        print(resource, object, 'pruned')
      }
    }
  }
}
