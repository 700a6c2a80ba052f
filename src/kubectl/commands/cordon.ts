import { resourceOf } from '#k8s/resources.ts'
import { parseLabelSelector } from '#k8s/selector.ts'
import type { KubeNode } from '#k8s/types.ts'
import type { KubectlContext, Parsed, Verb } from '../command.ts'
import { CommandError, usageError } from '../error-text.ts'
import { findObjects, parseResourceArgs } from '../resource-args.ts'
import { type DryRun, dryRunOf } from '../write/dry-run.ts'
import { dryRunFlag, selectorFlag } from '../write/flags.ts'
import { resultPrinter } from '../write/print-result.ts'

/**
 * The nodes that cordon, uncordon and drain are asked for; throws when one does not exist.
 * @source kubectl/pkg/cmd/drain/drain.go Complete
 */
export function nodesOf(context: KubectlContext, args: Parsed, verb: string): KubeNode[] {
  if (!args.operands.length && !args.has('selector')) throw usageError(`kubectl ${verb}`, `USAGE: ${verb} NODE [flags]`)
  const labelSelector = args.string('selector')
  if (args.operands.length && labelSelector) throw usageError(`kubectl ${verb}`, 'error: cannot specify both a node name and a --selector option')
  const podSelector = args.string('pod-selector')
  if (podSelector) {
    try {
      parseLabelSelector(podSelector)
    } catch {
      throw new CommandError('--pod-selector=<pod_selector> must be a valid label selector')
    }
  }
  const operands = labelSelector ? ['nodes'] : args.operands.map((name) => (name.includes('/') ? name : `nodes/${name}`))
  const { found, errors } = findObjects(context.client, parseResourceArgs(operands, { namespace: context.namespace, labelSelector }))
  if (errors[0]) throw errors[0]
  const stray = found.find((f) => f.resource.kind !== 'Node')
  if (stray)
    throw new CommandError(
      `error: expected resource of type node, got ${JSON.stringify(`${stray.resource.group}/v1, Resource=${stray.resource.plural}`)}`,
    )
  return found.map((f) => f.object as KubeNode)
}

/** Sets `spec.unschedulable` and says so. @source kubectl/pkg/cmd/drain/drain.go RunCordonOrUncordon; NL-10.1 */
export function cordonNodes(context: KubectlContext, args: Parsed, nodes: readonly KubeNode[], unschedulable: boolean, dryRun: DryRun): void {
  const { client } = context
  const print = resultPrinter(context, args, dryRun)
  for (const { metadata, spec } of nodes) {
    const operation = unschedulable ? 'cordoned' : 'uncordoned'
    const same = Boolean(spec.unschedulable) === unschedulable
    if (!same && dryRun !== 'client') {
      const patch = { spec: { unschedulable: unschedulable || null } }
      client.patch({ kind: 'Node', name: metadata.name }, 'strategic', patch, { dryRun: dryRun === 'server' })
    }
    print(resourceOf('Node'), { metadata }, same ? `already ${operation}` : operation)
  }
}

const verb = (name: 'cordon' | 'uncordon', summary: string): Verb => ({
  name,
  summary,
  usage: `kubectl ${name} NODE`,
  flags: [selectorFlag, dryRunFlag],
  // biome-ignore lint/correctness/useYield: a verb is a generator
  *run(context, args) {
    const dryRun = dryRunOf(args, context)
    cordonNodes(context, args, nodesOf(context, args, name), name === 'cordon', dryRun)
    return 0
  },
})

export const cordon = verb('cordon', 'Mark a node as unschedulable')
export const uncordon = verb('uncordon', 'Mark a node as schedulable')
