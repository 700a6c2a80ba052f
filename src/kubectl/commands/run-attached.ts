import { notFound } from '#k8s/api-error.ts'
import { isPodReady, isTerminal } from '#k8s/pod.ts'
import { groupResource, type Resource, resourceOf } from '#k8s/resources.ts'
import type { Pod } from '#k8s/types.ts'
import type { ObjectRef, Wait } from '#protocol/api-client.ts'
import type { KubectlContext, Parsed } from '../command.ts'
import { CommandError } from '../error-text.ts'
import { exists } from '../exists.ts'
import { untilChange } from '../write/until.ts'
import { deleteInfos, propagationOf } from './delete.ts'

/** Waits until the pod runs and is ready, or has ended. @source kubectl/pkg/cmd/run/run.go waitForPod, podRunningAndReady */
function* untilRunning({ client }: KubectlContext, args: Parsed, ref: ObjectRef): Generator<Wait, void, void> {
  const done = yield* untilChange(client, args.durationMs('pod-running-timeout'), () => {
    if (!exists(client, ref)) throw notFound(groupResource(resourceOf('Pod')), ref.name)
    const pod = client.get(ref) as Pod
    return (pod.status?.phase === 'Running' && isPodReady(pod)) || isTerminal(pod) || undefined
  })
  if (!done) throw new CommandError('timed out waiting for the condition')
}

/** Deletes what was made for the one who was attached. */
function* remove(context: KubectlContext, args: Parsed, made: readonly ObjectRef[]): Generator<Wait, void, void> {
  for (const ref of made) {
    const resource = resourceOf(ref.kind) as Resource
    const object = { apiVersion: '', kind: ref.kind, metadata: { name: ref.name } }
    const found = exists(context.client, ref) ? [{ resource, ref, source: '', object }] : []
    const quiet = { ...context, io: { ...context.io, out: () => undefined } }
    yield* deleteInfos(args.bool('quiet') ? quiet : context, found, {
      propagationPolicy: propagationOf(args),
      gracePeriodSeconds: undefined,
      ignoreNotFound: true,
      wait: false,
      timeoutMs: 0,
      dryRun: 'none',
      nameOnly: false,
      warnClusterScope: false,
    })
  }
}

/**
 * What `run` does around attaching to the pod: waits for it before, and with --rm deletes it after. The attaching itself is a sentence, as
 * no program runs here. `service` = the name of the Service that --expose has made. @source kubectl/pkg/cmd/run/run.go Run
 */
export function* attachTo(context: KubectlContext, args: Parsed, name: string, service?: string): Generator<Wait, void, void> {
  const { namespace } = context
  const pod: ObjectRef = { kind: 'Pod', namespace, name }
  const made: ObjectRef[] = service === undefined ? [pod] : [pod, { kind: 'Service', namespace, name: service }]
  try {
    yield* untilRunning(context, args, pod)
    context.io.err(`warning: couldn't attach to pod/${name}: the playground runs no programs, so there is none to talk to\n`, 'aside')
    // kubectl would end as the program did
    if (['Never', 'OnFailure'].includes(args.string('restart')) && !args.bool('leave-stdin-open'))
      throw new CommandError(`no program ran in pod/${name}, so it has no result`)
  } finally {
    if (args.bool('rm')) yield* remove(context, args, made)
  }
}
