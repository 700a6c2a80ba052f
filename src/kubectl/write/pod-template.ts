import { ApiError } from '#k8s/api-error.ts'
import { createTwoWayMergePatch } from '#k8s/patch/three-way.ts'
import type { AnyObject, Container, KubeObject, PodSpec } from '#k8s/types.ts'
import type { KubectlContext, Parsed, Verb } from '../command.ts'
import { aggregate, CommandError } from '../error-text.ts'
import { nothingNamed } from '../resource-args.ts'
import { changeCauseOf, withChangeCause } from './change-cause.ts'
import { dryRunOf } from './dry-run.ts'
import {
  allFlag,
  dryRunFlag,
  fieldManagerFlag,
  filenameFlags,
  hasFiles,
  localFlag,
  outputFlags,
  recordFlag,
  requireFilesIfLocal,
  selectorFlag,
} from './flags.ts'
import { asGoStruct } from './go-struct.ts'
import { type FileReading, fileInfosOnly, type Info, latestInfos } from './infos.ts'
import { type PrintResult, resultPrinter } from './print-result.ts'

/** Flags of all `kubectl set` commands. */
export const setFlags: Verb['flags'] = [
  allFlag,
  selectorFlag,
  localFlag,
  ...filenameFlags,
  dryRunFlag,
  fieldManagerFlag('kubectl-set'),
  recordFlag,
  ...outputFlags,
]

type WithTemplate = KubeObject & { spec: { template?: { spec: PodSpec } } }

const templateKinds = ['DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet']

/** The pod spec in a pod or a workload. Throws for other kinds. @source polymorphichelpers/updatepodspec.go */
export function podSpecOf(object: KubeObject): PodSpec {
  if (object.kind === 'Pod') return (object as unknown as { spec: PodSpec }).spec
  const template = templateKinds.includes(object.kind) ? (object as WithTemplate).spec.template : undefined
  if (!template) throw new CommandError(`the object is not a pod or does not have a pod template: *v1.${object.kind}`)
  return template.spec ?? { containers: [] }
}

function withPodSpec(object: KubeObject, spec: PodSpec): KubeObject {
  if (object.kind === 'Pod') return { ...object, spec } as KubeObject
  const { spec: outer } = object as WithTemplate
  return { ...object, spec: { ...outer, template: { ...outer.template, spec } } } as KubeObject
}

/** Whether a text with `*` in it fits a name, as kubectl sees it: what it begins with may stand anywhere. @source kubectl/pkg/cmd/set/helper.go selectString */
function selects(select: string, name: string): boolean {
  if (!select.includes('*')) return select === name
  const parts = select.split('*')
  let at = 0
  for (const [i, part] of parts.entries()) {
    if (!part) continue
    const next = name.slice(at).indexOf(part)
    if (next < at || (i === parts.length - 1 && name.length !== part.length + next)) return false
    at = next
  }
  return true
}

/** The spec with each container that `select` names changed (`*` in names stands for any text). */
export function mapContainers(spec: PodSpec, select: string, change: (container: Container) => Container): { spec: PodSpec; found: boolean } {
  let found = false
  const each = (list: Container[] | undefined): Container[] | undefined =>
    list?.map((c) => {
      if (!selects(select, c.name)) return c
      found = true
      return change(c)
    })
  const containers = each(spec.containers) ?? []
  const initContainers = each(spec.initContainers)
  return { spec: { ...spec, containers, ...(initContainers && { initContainers }) }, found }
}

export interface SetCommand {
  /** `set image` */
  path: string
  flags: Verb['flags']
  /** Printed behind the object's name. */
  operation: string
  /** Also of objects that were so already. */
  tellsAll?: boolean
  /** In front of the API's error. */
  failure: string
  /** The changed spec, or undefined for no change; `report` takes errors that do not stop the command. */
  update(spec: PodSpec, report: (error: Error) => void, info: Info): PodSpec | undefined
}

/** What the operands of a `set` command name. Throws when anything is missing. */
export function setTargets(context: KubectlContext, args: Parsed, resources: readonly string[], reading: FileReading = {}): Info[] {
  requireFilesIfLocal(args, resources)
  const { infos, errors } = args.bool('local')
    ? fileInfosOnly(context, args, [], { isTyped: true, isLocal: true, ...reading })
    : latestInfos(
        context,
        args,
        resources,
        { labelSelector: args.string('selector'), allowEmptySelector: args.bool('all') },
        { isTyped: true, ...reading },
      )
  const error = aggregate(errors)
  if (error) throw error
  return infos
}

/** Of `set env` and `set serviceaccount`, which with --local do not read the words that name resources at all. */
export function unlessLocal(args: Parsed, resources: readonly string[]): readonly string[] {
  if (!args.bool('local')) return resources
  if (!hasFiles(args)) throw new CommandError(nothingNamed)
  return []
}

/** What is wrong with the flags of any `set` command. */
export function setFlagErrors(args: Parsed): Error[] {
  const errors: Error[] = []
  if (args.bool('all') && args.string('selector')) errors.push(new CommandError('cannot set --all and --selector at the same time'))
  if (args.bool('local') && args.string('dry-run') === 'server')
    errors.push(new CommandError('cannot specify --local and --dry-run=server - did you mean --dry-run=client?'))
  return errors
}

/** Changes the pod spec of each object by a strategic merge patch. @source kubectl/pkg/cmd/set CalculatePatches */
export function updatePodSpecs(context: KubectlContext, args: Parsed, infos: readonly Info[], command: SetCommand): void {
  const { client } = context
  const errors: Error[] = []
  const dryRun = dryRunOf(args, context)
  const print: PrintResult = resultPrinter(context, args, dryRun, { isTyped: true })
  const cause = changeCauseOf(args, command.path)
  const updates: { info: Info; after: KubeObject; patch: Record<string, unknown> }[] = []
  for (const info of infos) {
    try {
      const spec = command.update(podSpecOf(info.object), (error) => errors.push(error), info)
      if (!spec) continue
      const after = withChangeCause(withPodSpec(info.object, spec), cause)
      updates.push({
        info,
        after,
        patch: createTwoWayMergePatch(
          info.resource.kind,
          info.object as unknown as Record<string, unknown>,
          after as unknown as Record<string, unknown>,
        ),
      })
    } catch (error) {
      errors.push(new CommandError(`error: ${info.resource.plural}/${info.ref.name} ${(error as Error).message}\n`))
    }
  }
  for (const { info, after, patch } of updates) {
    if (Object.keys(patch).length === 0 && !command.tellsAll) continue
    try {
      const local = args.bool('local') || dryRun === 'client'
      const object = local ? after : client.patch(info.ref, 'strategic', patch, { dryRun: dryRun === 'server' })
      print(info.resource, args.bool('local') ? asGoStruct(object, client) : (object as AnyObject), command.operation)
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      errors.push(new CommandError(`${command.failure} ${error.message}`))
    }
  }
  const error = aggregate(errors)
  if (error) throw error
}
