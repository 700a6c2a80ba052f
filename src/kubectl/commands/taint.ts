import { labelValue, qualifiedName } from '#k8s/name.ts'
import { resourceOf } from '#k8s/resources.ts'
import type { KubeNode, Taint, TaintEffect } from '#k8s/types.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import type { Parsed, Verb } from '../command.ts'
import { AggregateFailure, aggregate, CommandError, usageError } from '../error-text.ts'
import { findResource } from '../resource-type.ts'
import { dryRunOf } from '../write/dry-run.ts'
import { dryRunFlag, fieldManagerFlag, outputFlags, selectorFlag, validateFlag } from '../write/flags.ts'
import { forEachInfo, latestInfos } from '../write/infos.ts'
import { resourcesAndPairs } from '../write/pairs.ts'
import { resultPrinter } from '../write/print-result.ts'

type Spec = { key: string; value: string; effect: TaintEffect | '' }

const same = (a: { key: string; effect: string }, b: { key: string; effect: string }): boolean => a.key === b.key && a.effect === b.effect

/** `key`, `key:effect` or `key=value:effect`. @source kubectl/pkg/cmd/taint/utils.go parseTaint */
function parseTaint(text: string, version: KubernetesVersion): Spec {
  const [left = '', effect = '', ...more] = text.split(':')
  if (more.length) throw new CommandError(`invalid taint spec: ${text}`)
  const spec: Spec = { key: left, value: '', effect: effect as Spec['effect'] }
  if (text.includes(':')) {
    if (!['NoSchedule', 'PreferNoSchedule', 'NoExecute'].includes(effect))
      throw new CommandError(`invalid taint effect: ${effect}, unsupported taint effect`)
    const [key = '', value = '', ...rest] = left.split('=')
    if (rest.length) throw new CommandError(`invalid taint spec: ${text}`)
    const wrong = labelValue(value, version)
    if (wrong.length) throw new CommandError(`invalid taint spec: ${text}, ${wrong.join('; ')}`)
    Object.assign(spec, { key, value })
  }
  const wrong = qualifiedName(spec.key, version)
  if (wrong.length) throw new CommandError(`invalid taint spec: ${text}, ${wrong.join('; ')}`)
  return spec
}

function parseTaints(specs: readonly string[], version: KubernetesVersion): { add: Spec[]; remove: Spec[] } {
  const add: Spec[] = []
  const remove: Spec[] = []
  for (const text of specs) {
    if (text.endsWith('-')) {
      remove.push(parseTaint(text.slice(0, -1), version))
      continue
    }
    const taint = parseTaint(text, version)
    if (!taint.effect) throw new CommandError(`invalid taint spec: ${text}`)
    if (add.some((t) => same(t, taint)))
      throw new CommandError(`duplicated taints with the same key and effect: {${taint.key} ${taint.value} ${taint.effect} <nil>}`)
    add.push(taint)
  }
  return { add, remove }
}

/** What the node's taints become and how kubectl calls it. @source kubectl/pkg/cmd/taint/utils.go reorganizeTaints */
function reorganizeTaints(
  old: readonly Taint[],
  add: readonly Spec[],
  remove: readonly Spec[],
  overwrite: boolean,
): { operation: string; taints: Taint[] } {
  let taints: Taint[] = add.map(({ key, value, effect }) => ({ key, ...(value && { value }), effect: effect as TaintEffect }))
  for (const taint of old) if (!taints.some((t) => same(t, taint))) taints.push(taint)
  const added = taints.length !== old.length
  let removed = false
  const errors: Error[] = []
  for (const spec of remove) {
    const left = taints.filter((t) => !(spec.effect ? same(t, spec) : t.key === spec.key))
    removed = left.length !== taints.length
    if (!removed) errors.push(new CommandError(`taint "${spec.key}${spec.effect ? `:${spec.effect}` : ''}" not found`))
    taints = left
  }
  const error = aggregate(errors)
  if (error) throw error
  return { operation: (added && removed) || overwrite ? 'modified' : added ? 'tainted' : 'untainted', taints }
}

function check(args: Parsed, resources: readonly string[], add: readonly Spec[], remove: readonly Spec[]): void {
  const type = (resources[0] as string).toLowerCase()
  const resource = findResource(type)
  // without the usual `error: `, as kubectl has it here
  if (!resource) throw new AggregateFailure([new CommandError(`the server doesn't have a resource type ${JSON.stringify(type)}`)])
  if (resource.kind !== 'Node') throw new CommandError(`invalid resource type ${type}, only node types are supported`)
  const both = remove.filter((r) => add.some((a) => a.key === r.key && (!r.effect || a.effect === r.effect)))
  if (both.length)
    throw new CommandError(
      `can not both modify and remove the following taint(s) in the same command: ${both.map((t) => `${t.key}=${t.effect}`).join(', ')}`,
    )
  if (args.bool('all') && args.string('selector')) throw new CommandError("setting 'all' parameter with a non empty selector is prohibited")
  if (!args.bool('all') && !args.string('selector') && resources.length < 2)
    throw new CommandError("at least one resource name must be specified since 'all' parameter is not set")
}

/** `kubectl taint`. @source kubectl/pkg/cmd/taint/taint.go */
export const taint: Verb = {
  name: 'taint',
  summary: 'Set or remove taints of nodes',
  usage: 'kubectl taint NODE NAME KEY_1=VAL_1:TAINT_EFFECT_1 ... KEY_N=VAL_N:TAINT_EFFECT_N',
  flags: [
    { name: 'overwrite', kind: 'bool', usage: 'Allow taints to be replaced' },
    { name: 'all', kind: 'bool', usage: 'All nodes' },
    selectorFlag,
    dryRunFlag,
    validateFlag,
    fieldManagerFlag('kubectl-taint'),
    ...outputFlags,
  ],
  *run(context, args) {
    const { client } = context
    const dryRun = dryRunOf(args, context)
    const { resources, pairs } = resourcesAndPairs(args.operands, 'taint', (w) => w.includes('=') || w.includes(':') || w.endsWith('-'))
    if (!resources.length) throw new CommandError('one or more resources must be specified as <resource> <name>')
    if (!pairs.length) throw new CommandError('at least one taint update is required')
    let changes: ReturnType<typeof parseTaints>
    try {
      changes = parseTaints(pairs, client.version as KubernetesVersion)
    } catch (error) {
      throw usageError('kubectl taint', (error as Error).message)
    }
    check(args, resources, changes.add, changes.remove)
    // kubectl leaves out the usual `(dry run)` here
    const print = resultPrinter(context, args, 'none', { isTyped: true })
    const many = args.bool('all') || Boolean(args.string('selector'))
    const operands = many ? ['node'] : ['node', ...resources.slice(1)]
    const found = latestInfos(context, args, operands, { selectAll: args.bool('all'), labelSelector: args.string('selector') })
    yield* forEachInfo(found, (info) => {
      const node = info.object as KubeNode
      const old = node.spec.taints ?? []
      const taken = args.bool('overwrite') ? [] : changes.add.filter((t) => old.some((o) => same(o, t)))
      if (taken.length)
        throw new CommandError(
          `node ${node.metadata.name} already has ${taken.map((t) => t.key).join(',')} taint(s) with same effect(s) and --overwrite is false`,
        )
      const { operation, taints } = reorganizeTaints(old, changes.add, changes.remove, args.bool('overwrite'))
      const patched = { ...node, spec: { ...node.spec, taints } }
      const result =
        dryRun === 'client'
          ? patched
          : client.patch(info.ref, 'merge', { spec: { taints: taints.length ? taints : null } }, { dryRun: dryRun === 'server' })
      print(resourceOf('Node'), result, operation)
    })
    return 0
  },
}
