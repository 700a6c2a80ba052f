import { en } from '../text/en.ts'
import { useEpochSecond } from '../use-time.ts'
import styles from './CountdownBadge.module.css'
import { badgeTime, durationText } from './duration-text.ts'
import type { Countdown } from './pod-look.ts'

/** What is left of a pod's grace period, or of its time on a tainted node: a number in a ring that empties. */
export function CountdownBadge({ countdown }: { countdown: Countdown }) {
  const leftMs = countdown.untilMs - useEpochSecond()
  const over = leftMs <= 0
  const share = over ? 0 : Math.min(1, leftMs / Math.max(1, countdown.totalMs))
  const say =
    countdown.what === 'grace' ? (over ? en.pod.stuckTerminating : en.pod.goneIn(durationText(leftMs))) : en.pod.evictedIn(durationText(leftMs))
  return (
    <span role="img" aria-label={say} className={styles.badge} data-what={countdown.what} style={{ '--share': share } as React.CSSProperties}>
      <span>{over ? '…' : badgeTime(leftMs)}</span>
    </span>
  )
}
