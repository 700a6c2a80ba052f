import type { Reason } from '#protocol/explain.ts'
import type { MissingPodCause } from '../controllers/daemonset/missing-pod.ts'
import { clockText, code, plural } from './answer.ts'

/** What is waited for, as the answer in one sentence and the rule behind it. Not for `placement` and `none`. */
export function waitingFor(cause: Exclude<MissingPodCause, { why: 'placement' | 'none' }>): { summary: string; reason: Reason } {
  const open = (summary: string, text: string, rule: string, verdict: Reason['verdict'] = 'open') => ({ summary, reason: { verdict, text, rule } })
  switch (cause.why) {
    case 'daemonSetDeleted':
      return open('The DaemonSet is being deleted.', 'its controller makes no pods for a DaemonSet that is being deleted', 'DS-3.4', 'no')
    case 'terminating':
      return open(
        `${cause.pod} is still terminating; its successor comes when it is gone.`,
        `${code(cause.pod)} is terminating, and without maxSurge a node gets no second pod beside it`,
        'DS-6.8',
      )
    case 'backOff': {
      const until = clockText(cause.untilMs)
      return open(
        `${cause.pod} failed, and the controller leaves it alone until t = ${until}.`,
        `back-off: ${code(cause.pod)} is deleted at t = ${until}, then its successor is made; the wait doubles with every failure, up to 15 min`,
        'DS-6.4',
      )
    }
    case 'ended':
      return cause.forever
        ? open(`${cause.pod} has finished and stays.`, 'before 1.27 the controller leaves a Succeeded pod where it is', 'DS-6.5', 'no')
        : open(
            `${cause.pod} has ended; the next sync deletes it.`,
            `the next sync deletes ${code(cause.pod)}, its successor comes after that`,
            'DS-6.6',
          )
    case 'expectations': {
      const what = [cause.creates > 0 && plural(cause.creates, 'create'), cause.deletes > 0 && plural(cause.deletes, 'delete')]
        .filter(Boolean)
        .join(' and ')
      return open(
        'Every rule of placement agrees, but the controller waits for the news of what it did before.',
        `expectations: it has not heard yet of ${what}; at t = ${clockText(cause.untilMs)} it stops waiting`,
        'DS-2',
      )
    }
    case 'refused': {
      const level = /^violates PodSecurity "(\w+)/.exec(cause.refusal)?.[1]
      const why = level ? `its namespace enforces Pod Security at the level ${level}, and the template breaks it` : cause.refusal
      return open(
        `The API server refuses the pod: ${why}.`,
        `${cause.refusal}; a ${code('FailedCreate')} event says so, and the controller tries again, less and less often`,
        'DS-7.4',
        'no',
      )
    }
    case 'nextSync':
      return open(
        'Every rule of placement agrees: the controller creates the pod as soon as it syncs.',
        'the next sync of the DaemonSet creates the pod, at most 250 in one go',
        'DS-7.1',
      )
  }
}
