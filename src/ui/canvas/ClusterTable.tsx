import { memo, Suspense, useState } from 'react'
import { formatTaint } from '#k8s/taint.ts'
import type { Pod } from '#k8s/types.ts'
import { clusterStore } from '#state/cluster.ts'
import { nodeStatus } from '#state/node-status.ts'
import { selectNode } from '#state/session.ts'
import { useCluster, useClusterList } from '#state/use-store.ts'
import { useCardContext } from '../cards/card-context.ts'
import { customLabels } from '../cards/node-look.ts'
import { podLook } from '../cards/pod-look.ts'
import { podText } from '../cards/pod-text.ts'
import { useTray } from '../cards/use-tray.ts'
import { Boundary } from '../parts/Boundary.tsx'
import { BreakableNames } from '../parts/BreakableNames.tsx'
import { late } from '../parts/late.tsx'
import { en } from '../text/en.ts'
import styles from './ClusterTable.module.css'

const none: readonly never[] = []

/** More names in one cell are summed up. */
const mostNames = 50

const listText = (names: readonly string[]): string =>
  names.length > mostNames ? `${names.slice(0, mostNames).join(', ')} ${en.table.more(names.length - mostNames)}` : names.join(', ')

/** A pod that runs well, or is on its way to, in one word; of others what is the matter. */
function podInWords(pod: Pod): string {
  const isNodeGone = !!pod.spec.nodeName && !clusterStore.getState().tables.Node.has(pod.spec.nodeName)
  const look = podLook(pod, isNodeGone)
  const { picture, status } = look
  const isPlain = picture === 'ready' || picture === 'starting' || (picture === 'terminating' && !isNodeGone)
  return `${pod.metadata.name} (${isPlain ? status : podText(pod, look, isNodeGone)})`
}

const Row = memo(function Row({ name, asks }: { name: string; asks: boolean }) {
  const { ask } = useCardContext()
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
      <th scope="row">
        {asks ? (
          <button
            type="button"
            className={styles.name}
            onClick={() => {
              selectNode(name)
              ask({ about: 'node', name })
            }}
          >
            {name}
          </button>
        ) : (
          name
        )}
      </th>
      <td>{status}</td>
      <td>{listText(pods.map(podInWords)) || en.node.noPods}</td>
      <td>{ghosts.map((ghost) => `${ghost.daemonset}: ${en.ghost.reasons[ghost.reason]} ${ghost.detail}`).join('; ')}</td>
      <td>
        <BreakableNames text={(node.spec.taints ?? []).map(formatTaint).join(', ')} />
      </td>
      <td>
        {customLabels(node)
          .map(([key, value]) => `${key}=${value}`)
          .join(', ')}
      </td>
    </tr>
  )
})

/** More rows at once would slow down everything that happens on the page. */
const pageSize = 100

const TableTools = late(
  () => import('./TableTools.tsx'),
  (module) => module.TableTools,
)

/** The canvas as a table: always there for screen readers, for everybody when asked for. Of many nodes one page, to be turned when it is visible. */
export function ClusterTable({ visible }: { visible: boolean }) {
  const all = useCluster((state) => state.nodeNames)
  const [found, setFound] = useState<readonly string[]>()
  const names = (visible && found) || all
  const tray = useTray()
  const waiting = useClusterList((state) => tray.podKeys.map((key) => state.tables.Pod.get(key)).filter((pod) => pod !== undefined))
  const [turned, setTurned] = useState(0)
  const pages = Math.max(1, Math.ceil(names.length / pageSize))
  const page = visible ? Math.min(turned, pages - 1) : 0
  const first = page * pageSize
  const shown = names.slice(first, first + pageSize)
  const caption = pages === 1 ? en.table.caption : en.table.captionOf(first + 1, first + shown.length, names.length)
  const { columns } = en.table
  return (
    <div
      className={visible ? styles.visible : 'visually-hidden'}
      {...(visible ? { tabIndex: 0, role: 'region', 'aria-label': en.table.caption } : {})}
    >
      {visible && all.length > 1 && (
        <Boundary>
          <Suspense fallback={null}>
            <TableTools page={page} pages={pages} onPage={setTurned} onFound={setFound} />
          </Suspense>
        </Boundary>
      )}
      <table className={styles.table}>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {[columns.node, columns.status, columns.pods, columns.missing, columns.taints, columns.labels].map((text) => (
              <th key={text} scope="col">
                {text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((name) => (
            <Row key={name} name={name} asks={visible} />
          ))}
          {all.length === 0 && (
            <tr>
              <td colSpan={Object.keys(columns).length}>
                {en.canvas.noNodes} {en.canvas.noNodesHint}
              </td>
            </tr>
          )}
          {waiting.length > 0 && !found && (
            <tr>
              <th scope="row">{tray.title}</th>
              <td />
              <td>{listText(waiting.map(podInWords))}</td>
              <td />
              <td />
              <td />
            </tr>
          )}
        </tbody>
      </table>
    </div>
  )
}
