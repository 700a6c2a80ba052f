import { parseTimestamp } from '#k8s/time.ts'
import type { KubeNode } from '#k8s/types.ts'
import { type NodeStatus, nodeStatus } from '#state/node-status.ts'
import { en } from '../text/en.ts'
import { useEpochSecond } from '../use-time.ts'
import { durationText, shortTime } from './duration-text.ts'
import styles from './NodeCard.module.css'
import { sizeText } from './node-look.ts'
import { StatusGlyph } from './StatusGlyph.tsx'

const freshMs = 30_000

function Since({ status }: { status: NodeStatus }) {
  const now = useEpochSecond()
  const time = status.since ? shortTime(now - parseTimestamp(status.since)) : ''
  return (
    <>
      <span>{en.node.notReady}</span>
      {status.cordoned && <span>{en.node.besides(en.node.cordoned)}</span>}
      {time && <span>{en.node.besides(time)}</span>}
    </>
  )
}

function Age({ node }: { node: KubeNode }) {
  const ageMs = useEpochSecond() - parseTimestamp(node.metadata.creationTimestamp ?? '')
  return <>{ageMs < freshMs ? en.node.age(durationText(ageMs)) : sizeText(node)}</>
}

/** Glyph, name, and, unless seen from far, the state in words: what is wrong and since when, or else how big the node is. */
export function NodeHeader({ node, far }: { node: KubeNode; far: boolean }) {
  const status = nodeStatus(node)
  const trouble = status.readiness !== 'ready'
  return (
    <header className={styles.header}>
      <StatusGlyph status={status} />
      <h2 className={styles.name} data-tip={node.metadata.name.length > 16 ? node.metadata.name : undefined}>
        {node.metadata.name}
      </h2>
      {far ? null : (
        <span className={styles.state} data-readiness={status.readiness} data-cordoned={status.cordoned || undefined}>
          {trouble ? <Since status={status} /> : status.cordoned ? en.node.cordoned : <Age node={node} />}
        </span>
      )}
    </header>
  )
}
