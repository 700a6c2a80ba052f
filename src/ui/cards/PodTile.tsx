import { memo } from 'react'
import { controllerOf } from '#k8s/owner.ts'
import type { KubeNode, Pod } from '#k8s/types.ts'
import { useCluster } from '#state/use-store.ts'
import { workloadKey, workloadOf } from '#state/workload.ts'
import { deletePod } from '../actions/delete-pod.ts'
import { en } from '../text/en.ts'
import { CountdownBadge } from './CountdownBadge.tsx'
import { useCardContext } from './card-context.ts'
import styles from './PodTile.module.css'
import { type PodPicture, podCountdown, podLook, unscheduledReason } from './pod-look.ts'
import { podText } from './pod-text.ts'
import { workloadColour, workloadLetters } from './workload-look.ts'

const badges: Partial<Record<PodPicture, string>> = {
  'not-ready': '…',
  failed: '!',
  'back-off': '↻',
  succeeded: '✓',
  unscheduled: '?',
  unschedulable: '✕',
  gated: '‖',
  lost: '∅',
}

function tooltip(pod: Pod, what: string, old: boolean): string {
  const lines = [pod.metadata.name, what]
  const reason = unscheduledReason(pod) ?? pod.status.message
  if (reason) lines.push(reason)
  if (old) lines.push(en.pod.oldRevision)
  return lines.join('\n')
}

/**
 * A pod: colour = workload, outline = phase, badge = countdown, failure or back-off. A cut corner marks a pod of an older revision
 * while newer ones exist.
 */
export const PodTile = memo(function PodTile({ podKey, node }: { podKey: string; node: KubeNode | undefined }) {
  const { ask, client } = useCardContext()
  const pod = useCluster((state) => state.tables.Pod.get(podKey))
  const workload = useCluster((state) => (pod ? workloadKey(workloadOf(pod, state.tables)) : ''))
  const number = useCluster((state) => state.workloadNumbers.get(workload))
  const letters = useCluster((state) => workloadLetters(workload, state.workloadNumbers))
  const owner = pod && controllerOf(pod)
  const newest = useCluster((state) => (owner ? state.newestRevisions.get(owner.uid) : undefined))
  if (!pod) return null
  const isNodeGone = !node && !!pod.spec.nodeName
  const look = podLook(pod, isNodeGone)
  const countdown = podCountdown(pod, node)
  const name = workload.replace(/^.*\//, '')
  const revision = pod.metadata.labels?.['controller-revision-hash']
  const old = newest !== undefined && revision !== undefined && revision !== newest
  const what = podText(pod, look, isNodeGone)
  return (
    <li className={styles.slot}>
      <button
        type="button"
        className={styles.pod}
        data-picture={look.picture}
        data-revision={old ? 'old' : undefined}
        style={{ '--c': workloadColour(number) } as React.CSSProperties}
        aria-label={en.pod.label(name, pod.metadata.name, what) + (old ? `, ${en.pod.oldRevision}` : '')}
        data-tip={tooltip(pod, what, old)}
        data-pod={podKey}
        onKeyDown={(event) => {
          if (event.key === 'Delete') deletePod.run({ client }, pod)
        }}
        onClick={() => ask({ about: 'pod', namespace: pod.metadata.namespace ?? '', name: pod.metadata.name })}
      >
        {letters}
      </button>
      {countdown ? (
        <CountdownBadge countdown={countdown} />
      ) : badges[look.picture] ? (
        <span aria-hidden="true" className={styles.badge} data-picture={look.picture}>
          {badges[look.picture]}
        </span>
      ) : null}
    </li>
  )
})
