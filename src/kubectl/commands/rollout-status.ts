import { ApiError } from '#k8s/api-error.ts'
import type { ObjectRef, Wait, WatchedChange } from '#protocol/api-client.ts'
import type { KubectlContext, Parsed, Verb } from '../command.ts'
import { aggregate, CommandError } from '../error-text.ts'
import { filenameFlags, hasFiles, selectorFlag } from '../write/flags.ts'
import { latestInfos } from '../write/infos.ts'
import { rolloutStatus } from '../write/rollout-status.ts'
import { watchChanges } from './watch-changes.ts'

/** `kubectl rollout status`. @source kubectl/pkg/cmd/rollout/rollout_status.go; DS-11.4 */
export const rolloutStatusVerb: Verb = {
  name: 'status',
  summary: 'Show how far a rollout is, and wait for its end',
  usage: 'kubectl rollout status (TYPE NAME | TYPE/NAME) [flags]',
  flags: [
    ...filenameFlags,
    { name: 'watch', shorthand: 'w', kind: 'bool', default: 'true', usage: 'Wait for the end' },
    { name: 'revision', kind: 'int', default: '0', usage: 'Stop when another revision is rolled out' },
    { name: 'timeout', kind: 'duration', default: '0s', usage: 'How long to wait; 0 for ever' },
    selectorFlag,
  ],
  *run(context, args) {
    const { io } = context
    if (!args.operands.length && !hasFiles(args)) throw new CommandError('required resource not specified')
    const revision = args.int('revision')
    if (revision < 0) throw new CommandError(`revision must be a positive integer: ${revision}`)
    const { infos, errors } = latestInfos(
      context,
      args,
      args.operands,
      { labelSelector: args.string('selector'), allowEmptySelector: true },
      { isTyped: true },
    )
    // what is not there is told after what is
    const error = aggregate(errors)
    if (error && !infos.length) throw error
    if (!infos.length) {
      io.err(`No resources found in ${context.namespace} namespace.\n`, 'aside')
      return 0
    }
    // each has the whole time, whatever became of the others
    const failures: Error[] = []
    for (const { ref } of infos) {
      try {
        yield* follow(context, args, ref, revision)
      } catch (failure) {
        if (!(failure instanceof CommandError || failure instanceof ApiError)) throw failure
        failures.push(failure)
      }
    }
    const failed = aggregate([...failures, ...errors])
    if (failed) throw failed
    return 0
  },
}

/**
 * Prints how far one rollout is, now and at every write of it, until it is at its end. Throws when it fails or takes too long.
 * @source client-go/tools/watch UntilWithSync
 */
function* follow({ client, io }: KubectlContext, args: Parsed, ref: ObjectRef, revision: number): Generator<Wait, void, void> {
  const timeoutMs = args.durationMs('timeout')
  const startMs = client.now()
  const watching = watchChanges(client, ref.kind, { namespace: ref.namespace, fieldSelector: `metadata.name=${ref.name}` })
  try {
    let changes: WatchedChange[] = [{ type: 'ADDED', object: client.get(ref) }]
    for (;;) {
      for (const { type, object } of changes) {
        if (type === 'DELETED') throw new CommandError('object has been deleted')
        const { text, done } = rolloutStatus(object, revision)
        io.out(text)
        if (done || !args.bool('watch')) return
      }
      const left = timeoutMs ? timeoutMs - (client.now() - startMs) : undefined
      if (left !== undefined && left <= 0) throw new CommandError('timed out waiting for the condition')
      yield left === undefined ? { kind: 'change' } : { kind: 'change', ms: left }
      changes = watching.take()
    }
  } finally {
    watching.stop()
  }
}
