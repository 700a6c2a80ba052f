import type { PredictedPod, Prediction } from '#protocol/prediction.ts'
import { durationText, shortTime } from '../cards/duration-text.ts'
import { UnbrokenNames } from '../parts/UnbrokenNames.tsx'
import { aheadText as text } from '../text/ahead.ts'
import styles from './AheadList.module.css'

const shownPods = 60

function PodRow({ pod }: { pod: PredictedPod }) {
  const { atMs, readyAtMs, waiting, what } = pod
  return (
    <li data-what={waiting ? 'waiting' : what}>
      <time>+{shortTime(Math.floor(atMs / 1000) * 1000)}</time>
      <span>
        <UnbrokenNames text={text.pod[what](pod)} />
        {readyAtMs !== undefined && !waiting && <small>{text.ready(durationText(readyAtMs - atMs))}</small>}
        {waiting && <small className={styles.waiting}>{waiting}</small>}
      </span>
    </li>
  )
}

/** What a look ahead found: how the workloads fare, and what becomes of pods, in order. */
export function AheadList({ found: { pods, workloads } }: { found: Prediction }) {
  return (
    <div className={styles.list}>
      {workloads.map((one) => (
        <p key={`${one.kind}/${one.namespace}/${one.name}`} data-short={one.available < one.desired || undefined}>
          <UnbrokenNames text={text.workload(one)} />
        </p>
      ))}
      <ol aria-label={text.pods}>
        {pods.slice(0, shownPods).map((pod, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows never move
          <PodRow key={at} pod={pod} />
        ))}
      </ol>
      {pods.length > shownPods && <p>{text.more(pods.length - shownPods)}</p>}
    </div>
  )
}
