import { ApiError } from '#k8s/api-error.ts'
import { jsonEqual } from '#k8s/patch/json.ts'
import { groupResource } from '#k8s/resources.ts'
import { toTimestamp } from '#k8s/time.ts'
import type { Deployment, KubeObject, PodTemplateSpec } from '#k8s/types.ts'
import type { ApiClient } from '#protocol/api-client.ts'
import { clientSince } from '../client-version.ts'
import type { KubectlContext, Parsed, Verb } from '../command.ts'
import { podTemplateText } from '../describe/pod-template.ts'
import { AggregateFailure, CommandError, usageError } from '../error-text.ts'
import { verbHelp } from '../help-text.ts'
import { alignTabs, describeLayout } from '../tab-writer.ts'
import { type DryRun, dryRunOf } from '../write/dry-run.ts'
import { dryRunFlag, fieldManagerFlag, filenameFlags, hasFiles, outputFlags, selectorFlag } from '../write/flags.ts'
import { asOne, forEachInfo, type Info, type Infos, latestInfos } from '../write/infos.ts'
import { lastAppliedAnnotation, lastAppliedOf } from '../write/last-applied.ts'
import { patchedLocally } from '../write/patched-by-client.ts'
import { resultPrinter } from '../write/print-result.ts'
import { type Revision, revisionsOf, type Workload } from '../write/revisions.ts'
import { rolloutStatusVerb } from './rollout-status.ts'

const kinds = ['DaemonSet', 'Deployment', 'StatefulSet']
const flags: Verb['flags'] = [...filenameFlags, selectorFlag, ...outputFlags]

function targets(context: KubectlContext, args: Parsed): Infos {
  if (!args.operands.length && !hasFiles(args)) throw new CommandError('required resource not specified')
  return latestInfos(context, args, args.operands, { labelSelector: args.string('selector'), allowEmptySelector: true }, { isTyped: true })
}

/** The targets, behind what could not be found or read. */
function errorsFirst({ infos, errors }: Infos): Infos {
  return { infos, errors, inOrder: [...asOne(errors), ...infos] }
}

function workloadOf(info: Info, what: string): Workload {
  const { kind, group } = info.resource
  const name = JSON.stringify(`${kind}${group && `.${group}`}`)
  if (kind === 'Pod' || kind === 'ReplicaSet')
    throw new CommandError(`no ${what === 'history' ? 'history viewer' : what} has been implemented for ${name}`)
  if (!kinds.includes(kind)) throw new CommandError(`error retrieving ${what} for ${name}, no visitor method exists for {${group} ${kind}}`)
  return info.object as Workload
}

/** `kubectl rollout history`. @source polymorphichelpers/history.go; DS-11.5 */
const history: Verb = {
  name: 'history',
  summary: 'List earlier revisions, or show one',
  usage: 'kubectl rollout history (TYPE NAME | TYPE/NAME) [flags]',
  flags: [{ name: 'revision', kind: 'int', default: '0', usage: 'Show the pod template of this revision' }, ...flags],
  *run(context, args) {
    const wanted = args.int('revision')
    const found = errorsFirst(targets(context, args))
    if (wanted < 0) throw new CommandError(`revision must be a positive integer: ${wanted}`)
    const print = resultPrinter(context, args, 'none', { isTyped: true })
    yield* forEachInfo(found, (info) => {
      const workload = workloadOf(info, 'history')
      const revisions = revisionsOf(context.client, workload)
      if (args.string('output')) {
        const shown = wanted ? revisions.filter((r) => r.revision === wanted) : revisions
        if (wanted && !shown.length) throw new CommandError('unable to find the specified revision')
        for (const revision of shown) {
          const object = shownRevision(workload, revision)
          print({ ...info.resource, kind: object.kind }, object, '')
        }
        return
      }
      print(info.resource, workload, `${wanted > 0 ? `with revision #${wanted}` : ''}\n${historyText(context.client, revisions, wanted)}`)
    })
    return 0
  },
}

/** A revision as an object: the ReplicaSet of a Deployment; else the workload as it was then. */
function shownRevision(workload: Workload, { object, template }: Revision): KubeObject {
  return object.kind === 'ReplicaSet'
    ? ({ ...object, spec: { ...object.spec, template } } as KubeObject)
    : ({ ...workload, spec: { ...workload.spec, template } } as Workload)
}

function historyText(client: ApiClient, revisions: readonly Revision[], wanted: number): string {
  if (!revisions.length) return 'No rollout history found.'
  if (wanted > 0) {
    const one = revisions.find((r) => r.revision === wanted)
    if (!one) throw new CommandError('unable to find the specified revision')
    return podTemplateText(client, one.template)
  }
  return alignTabs(['REVISION\tCHANGE-CAUSE', ...revisions.map((r) => `${r.revision}\t${r.changeCause || '<none>'}`), ''].join('\n'), describeLayout)
}

const notCopied = [
  lastAppliedAnnotation,
  'deployment.kubernetes.io/revision',
  'deployment.kubernetes.io/revision-history',
  'deployment.kubernetes.io/desired-replicas',
  'deployment.kubernetes.io/max-replicas',
  'deprecated.deployment.rollback.to',
]

const withoutHash = (template: PodTemplateSpec): PodTemplateSpec => {
  const { 'pod-template-hash': _, ...labels } = template.metadata?.labels ?? {}
  return { ...template, metadata: { ...template.metadata, labels } }
}

/** Restores a revision; gives what kubectl says about it. @source polymorphichelpers/rollback.go; DS-11.2 */
function rollback({ client }: KubectlContext, info: Info, wanted: number, dryRun: DryRun): string {
  const notFound = new CommandError(`unable to find specified revision ${wanted} in history`)
  if (wanted < 0) throw notFound
  const workload = workloadOf(info, 'rollbacker')
  const revisions = revisionsOf(client, workload)
  if (wanted === 0 && revisions.length < 2)
    throw new CommandError(
      workload.kind === 'Deployment'
        ? `no rollout history found for deployment ${JSON.stringify(info.ref.name)}`
        : 'no last revision to roll back to',
    )
  const to = wanted === 0 ? revisions.at(-2) : revisions.find((r) => r.revision === wanted)
  if (!to) throw notFound
  if (dryRun === 'client') return `${workload.kind === 'Deployment' ? '' : 'will roll back to '}${podTemplateText(client, to.template)}`
  const options = { dryRun: dryRun === 'server' }
  const template = withoutHash(to.template)
  if (workload.kind === 'Deployment') {
    if (workload.spec.paused)
      throw new CommandError("you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again")
    const plain = withoutHash((to.object as { spec: { template: PodTemplateSpec } } & typeof to.object).spec.template)
    if (jsonEqual(plain, withoutHash(workload.spec.template))) return `skipped rollback (current template already matches revision ${wanted})`
    const own = Object.entries(workload.metadata.annotations ?? {}).filter(([key]) => notCopied.includes(key))
    const restored = Object.entries(to.object.metadata.annotations ?? {}).filter(([key]) => !notCopied.includes(key))
    const patch = [
      { op: 'replace', path: '/spec/template', value: plain },
      { op: 'replace', path: '/metadata/annotations', value: Object.fromEntries([...own, ...restored]) },
    ]
    restore(() => client.patch(info.ref, 'json', patch, options), wanted)
    return 'rolled back'
  }
  if (jsonEqual(template, withoutHash(workload.spec.template))) return `skipped rollback (current template already matches revision ${wanted})`
  restore(() => client.patch(info.ref, 'strategic', (to.object as { data?: unknown }).data, options), wanted)
  return 'rolled back'
}

function restore(patch: () => void, revision: number): void {
  try {
    patch()
  } catch (error) {
    throw error instanceof ApiError ? new CommandError(`failed restoring revision ${revision}: ${error.message}`) : error
  }
}

/** @source kubectl/pkg/cmd/rollout rollout_undo.go */
function warnIfApplied({ client, io }: KubectlContext, { resource, ref, object }: Info): void {
  if (!clientSince(client, 'undoWarns') || lastAppliedOf(object) === undefined) return
  io.err(
    `Warning: resource ${resource.plural}/${ref.name} was previously managed with 'kubectl apply'. Rolling back will not update the ${lastAppliedAnnotation} annotation, which may cause unexpected behavior on future 'kubectl apply' operations. Consider using 'kubectl apply' with your previous configuration file instead.\n`,
    'aside',
  )
}

const undo: Verb = {
  name: 'undo',
  summary: 'Go back to an earlier revision',
  usage: 'kubectl rollout undo (TYPE NAME | TYPE/NAME) [flags]',
  flags: [{ name: 'to-revision', kind: 'int', default: '0', usage: 'The revision to restore; 0 = the last one' }, dryRunFlag, ...flags],
  *run(context, args) {
    const dryRun = dryRunOf(args, context)
    const found = errorsFirst(targets(context, args))
    const print = resultPrinter(context, args, dryRun, { isTyped: true })
    yield* forEachInfo(found, (info) => {
      warnIfApplied(context, info)
      print(info.resource, info.object, rollback(context, info, args.int('to-revision'), dryRun))
    })
    return 0
  },
}

/** restart, pause and resume: one strategic merge patch each. */
function patching(name: string, summary: string, operation: string, patchOf: (object: KubeObject, context: KubectlContext) => object): Verb {
  return {
    name,
    summary,
    usage: `kubectl rollout ${name} RESOURCE`,
    flags: [...flags, fieldManagerFlag('kubectl-rollout')],
    // biome-ignore lint/correctness/useYield: a verb is a generator
    *run(context, args) {
      const { infos, errors } = targets(context, args)
      if (!infos.length && !errors.length) {
        context.io.err(`No resources found in ${context.namespace} namespace.\n`, 'aside')
        return 0
      }
      const print = resultPrinter(context, args, 'none', { isTyped: true })
      for (const info of infos) {
        try {
          const patch = patchOf(info.object, context)
          if (name === 'restart' && jsonEqual(patchedLocally(info.object, 'strategic', patch), info.object)) {
            errors.push(
              new CommandError(
                `failed to create patch for ${info.ref.name}: if restart has already been triggered within the past second, please wait before attempting to trigger another`,
              ),
            )
          } else print(info.resource, context.client.patch(info.ref, 'strategic', patch), operation)
        } catch (error) {
          const text =
            error instanceof ApiError
              ? `failed to patch: ${error.message}`
              : `error: ${groupResource(info.resource)} ${JSON.stringify(info.ref.name)} ${(error as Error).message}`
          errors.push(new CommandError(text))
        }
      }
      if (errors.length > 0) throw new AggregateFailure(errors)
      return 0
    },
  }
}

const isPaused = (object: KubeObject): boolean => Boolean((object as Deployment).spec.paused)

const restart = patching('restart', 'Replace all pods by new ones, step by step', 'restarted', (object, { client }) => {
  if (!kinds.includes(object.kind)) throw new CommandError('restarting is not supported')
  if (object.kind === 'Deployment' && isPaused(object)) throw new CommandError("can't restart paused deployment (run rollout resume first)")
  return { spec: { template: { metadata: { annotations: { 'kubectl.kubernetes.io/restartedAt': toTimestamp(client.now()) } } } } }
})

const pause = patching('pause', 'Stop rolling out a Deployment', 'paused', (object) => {
  if (object.kind !== 'Deployment') throw new CommandError('pausing is not supported')
  if (isPaused(object)) throw new CommandError('is already paused')
  return { spec: { paused: true } }
})

const resume = patching('resume', 'Go on rolling out a Deployment', 'resumed', (object) => {
  if (object.kind !== 'Deployment') throw new CommandError('resuming is not supported')
  if (!isPaused(object)) throw new CommandError('is not paused')
  return { spec: { paused: null } }
})

/** `kubectl rollout`. */
export const rollout: Verb = {
  name: 'rollout',
  summary: 'Watch, list, undo, restart or pause rollouts',
  usage: 'kubectl rollout SUBCOMMAND',
  flags: [],
  subcommands: [history, pause, restart, resume, rolloutStatusVerb, undo],
  // biome-ignore lint/correctness/useYield: a verb is a generator
  *run({ io }, args) {
    if (args.operands.length) throw usageError('kubectl rollout', `unknown command ${JSON.stringify(args.operands.join(' '))}`)
    io.out(verbHelp(rollout, 'kubectl rollout'))
    return 1
  },
}
