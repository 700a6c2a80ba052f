import type { DaemonSet, Pod } from '#k8s/types.ts'
import type { Remedy } from '#protocol/explain.ts'
import type { PodTrouble } from './pod-trouble.ts'

interface Held {
  readonly pod?: Pod
  readonly trouble?: PodTrouble
}

/** Commands that would let a rollout go on. `held` = the pods it waits for; `isUnderWay` = old pods are left; `isRefused` = new ones are not let in; `revisions` = of the DaemonSet. */
export function rolloutRemedies(
  { metadata: { name, namespace }, spec }: DaemonSet,
  held: readonly Held[],
  { isUnderWay, isRefused, revisions }: { isUnderWay: boolean; isRefused: boolean; revisions: number },
): Remedy[] {
  const has = (kind: PodTrouble['kind']) => held.find(({ trouble }) => trouble?.kind === kind)
  const remedies: Remedy[] = []
  const dead = has('stuckTerminating')?.pod
  if (dead)
    remedies.push({
      text: 'Give up the pod on the dead node; only when it surely does not run there any more',
      command: `kubectl delete pod ${dead.metadata.name} -n ${namespace} --grace-period=0 --force`,
    })
  if (revisions > 1 && (isRefused || has('image') || has('waiting') || has('failed')))
    remedies.push({ text: 'Go back to the template before', command: `kubectl rollout undo ds/${name} -n ${namespace}` })
  if (has('port') && spec.updateStrategy.rollingUpdate?.maxSurge)
    remedies.push({
      text: 'Two pods of a node cannot hold one host port: replace without surge',
      command: `kubectl patch ds ${name} -n ${namespace} -p '{"spec":{"updateStrategy":{"rollingUpdate":{"maxSurge":0,"maxUnavailable":1}}}}'`,
    })
  if (isUnderWay && has('silentNode') && !spec.updateStrategy.rollingUpdate?.maxSurge)
    remedies.push({
      text: 'Allow one more node to be without a pod',
      command: `kubectl patch ds ${name} -n ${namespace} -p '{"spec":{"updateStrategy":{"rollingUpdate":{"maxUnavailable":${held.length + 1}}}}}'`,
    })
  return remedies
}
