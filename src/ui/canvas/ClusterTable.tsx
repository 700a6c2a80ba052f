import { memo } from 'react'
import { formatTaint } from '#k8s/taint.ts'
import type { Pod } from '#k8s/types.ts'
import { nodeStatus } from '#state/node-status.ts'
import { useCluster, useClusterList } from '#state/use-store.ts'
import { customLabels } from '../cards/node-look.ts'
import { podLook } from '../cards/pod-look.ts'
import { en } from '../text/en.ts'
import styles from './ClusterTable.module.css'

const none: readonly never[] = []

const Row = memo(function Row({ name }: { name: string }) {
  const node = useCluster((state) => state.tables.Node.get(name))
  const pods = useClusterList((state) =>
    (state.podsByNode.get(name) ?? none).map((key) => state.tables.Pod.get(key)).filter((pod): pod is Pod => !!pod),
  )
  const ghosts = useCluster((state) => state.ghosts.get(name) ?? none)
  const stopped = useCluster((state) => state.stoppedKubelets.has(name))
  if (!node) return null
  const status = stopped ? `${nodeStatus(node).text}, ${en.node.kubeletStopped}` : nodeStatus(node).text
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{status}</td>
      <td>{(node.spec.taints ?? []).map(formatTaint).join(', ')}</td>
      <td>
        {customLabels(node)
          .map(([key, value]) => `${key}=${value}`)
          .join(', ')}
      </td>
      <td>{pods.map((pod) => `${pod.metadata.name} (${podLook(pod).status})`).join(', ') || en.node.noPods}</td>
      <td>{ghosts.map((ghost) => `${ghost.daemonset}: ${en.ghost.reasons[ghost.reason]} ${ghost.detail}`).join('; ')}</td>
    </tr>
  )
})

/** The canvas as a table: always there for screen readers, for everybody when asked for. */
export function ClusterTable({ visible }: { visible: boolean }) {
  const names = useCluster((state) => state.nodeNames)
  const waiting = useClusterList((state) => (state.podsByNode.get('') ?? none).map((key) => state.tables.Pod.get(key)?.metadata.name ?? ''))
  const { columns } = en.table
  return (
    <div
      className={visible ? styles.visible : 'visually-hidden'}
      {...(visible ? { tabIndex: 0, role: 'region', 'aria-label': en.table.caption } : {})}
    >
      <table className={styles.table}>
        <caption className="visually-hidden">{en.table.caption}</caption>
        <thead>
          <tr>
            {[columns.node, columns.status, columns.taints, columns.labels, columns.pods, columns.missing].map((text) => (
              <th key={text} scope="col">
                {text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {names.map((name) => (
            <Row key={name} name={name} />
          ))}
          {waiting.length > 0 && (
            <tr>
              <th scope="row">{en.canvas.waiting}</th>
              <td />
              <td />
              <td />
              <td>{waiting.join(', ')}</td>
              <td />
            </tr>
          )}
        </tbody>
      </table>
    </div>
  )
}
