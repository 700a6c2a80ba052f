import { apiVersionOf, type Resource, resourceOf, resources } from '#k8s/resources.ts'
import type { Kind, KubeObject } from '#k8s/types.ts'
import type { ObjectRef } from '#protocol/api-client.ts'
import type { KubectlContext, Parsed } from '../command.ts'
import { CommandError } from '../error-text.ts'
import { klogLine } from '../klog.ts'
import type { DryRun } from '../write/dry-run.ts'
import { lastAppliedAnnotation } from '../write/last-applied.ts'
import type { PrintResult } from '../write/print-result.ts'
import { isUnmodelled } from '../write/unmodelled.ts'
import { propagationOf } from './delete.ts'

/** What is pruned unless --prune-allowlist says otherwise. @source kubectl/pkg/util/prune GetRESTMappings */
const defaults: readonly Kind[] = ['Pod', 'Service', 'DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet', 'Namespace']

/** Throws when it is not said which objects may go. */
export function requireScope(args: Parsed): void {
  if (!args.bool('all') && !args.string('selector'))
    throw new CommandError(
      'all resources selected for prune without explicitly passing --all. To prune all resources, pass the --all flag. If you did not mean to prune all resources, specify a label selector',
    )
}

/** The resources that are pruned. Throws for those that there are not. */
export function pruneScope(args: Parsed): readonly Resource[] {
  if (!args.has('prune-allowlist')) return defaults.map(resourceOf)
  return args.list('prune-allowlist').flatMap((word) => {
    const [group = '', version, kind = '', ...more] = word.split('/')
    if (version === undefined || kind === '' || more.length > 0)
      throw new CommandError(`invalid GroupVersionKind format: ${word}, please follow <group/version/kind>`)
    const resource = resources.find((r) => kind === r.kind || kind === r.kind.toLowerCase())
    const apiVersion = group === 'core' || group === '' ? version : `${group}/${version}`
    if (resource && apiVersionOf(resource) === apiVersion) return resource
    // of the others that a real cluster has there are no objects
    if (isUnmodelled(apiVersion, kind)) return []
    throw new CommandError(`no matches for kind ${JSON.stringify(kind)} in version ${JSON.stringify(apiVersion)}`)
  })
}

const defaultsWarning =
  'Deprecated: kubectl apply will no longer prune non-namespaced resources by default when used with the --namespace flag in a future release. To preserve the current behaviour, list the resources you want to target explicitly in the --prune-allowlist flag.'

interface Prunable {
  resource: Resource
  ref: ObjectRef
  object: KubeObject
}

/**
 * What was once applied, matches the selector and is not among `applied`: in the namespaces of these. Says that the defaults will change.
 * @source kubectl/pkg/cmd/apply/prune.go, kubectl/pkg/cmd/diff/prune.go
 */
export function* prunable(
  { client, io }: KubectlContext,
  args: Parsed,
  wanted: readonly Resource[],
  applied: readonly KubeObject[],
): Generator<Prunable> {
  const kept = new Set(applied.map(({ metadata }) => metadata.uid))
  const namespaces = new Set(applied.flatMap(({ metadata }) => metadata.namespace ?? []))
  if (!args.has('prune-allowlist')) io.err(klogLine(client, 'W', 'prune.go:71', defaultsWarning), 'aside')
  const scopes: [namespace: string | undefined, resources: Resource[]][] = [
    ...[...namespaces].map((namespace): [string, Resource[]] => [namespace, wanted.filter((r) => r.namespaced)]),
    [undefined, wanted.filter((r) => !r.namespaced)],
  ]
  for (const [namespace, resources] of scopes)
    for (const resource of resources)
      for (const object of client.list(resource.kind, { namespace, labelSelector: args.string('selector') || undefined }).items) {
        const { annotations, uid, name } = object.metadata
        if (annotations?.[lastAppliedAnnotation] === undefined || kept.has(uid)) continue
        yield { resource, ref: { kind: resource.kind, namespace, name }, object }
      }
}

/** Deletes what is prunable. */
export function prune(
  context: KubectlContext,
  args: Parsed,
  wanted: readonly Resource[],
  applied: readonly KubeObject[],
  dryRun: DryRun,
  print: PrintResult,
): void {
  const grace = args.int('grace-period')
  const options = {
    propagationPolicy: propagationOf(args),
    dryRun: dryRun === 'server',
    ...(grace >= 0 && { gracePeriodSeconds: grace }),
  }
  for (const { resource, ref, object } of prunable(context, args, wanted, applied)) {
    if (dryRun !== 'client') context.client.delete(ref, options)
    print(resource, object, 'pruned')
  }
}
