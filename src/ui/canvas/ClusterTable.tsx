import { ChevronLeft, ChevronRight } from 'lucide-react'
import { memo, useState } from 'react'
import { formatTaint } from '#k8s/taint.ts'
import type { Pod } from '#k8s/types.ts'
import { nodeStatus } from '#state/node-status.ts'
import { useCluster, useClusterList } from '#state/use-store.ts'
import { customLabels } from '../cards/node-look.ts'
import { podLook } from '../cards/pod-look.ts'
import { BreakableNames } from '../parts/BreakableNames.tsx'
import { Button } from '../parts/Button.tsx'
import { en } from '../text/en.ts'
import styles from './ClusterTable.module.css'

const none: readonly never[] = []

/** More names in one cell are summed up. */
const mostNames = 50

const listText = (names: readonly string[]): string =>
  names.length > mostNames ? `${names.slice(0, mostNames).join(', ')} ${en.table.more(names.length - mostNames)}` : names.join(', ')

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
      <td>{listText(pods.map((pod) => `${pod.metadata.name} (${podLook(pod).status})`)) || en.node.noPods}</td>
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

function Pager({ page, pages, onPage }: { page: number; pages: number; onPage(page: number): void }) {
  return (
    <nav className={styles.pager} aria-label={en.table.pages}>
      <Button icon repeats aria-label={en.table.earlier} aria-disabled={page === 0} onClick={() => onPage(Math.max(0, page - 1))}>
        <ChevronLeft aria-hidden="true" />
      </Button>
      <span>{en.table.page(page + 1, pages)}</span>
      <Button icon repeats aria-label={en.table.later} aria-disabled={page === pages - 1} onClick={() => onPage(Math.min(pages - 1, page + 1))}>
        <ChevronRight aria-hidden="true" />
      </Button>
    </nav>
  )
}

/** The canvas as a table: always there for screen readers, for everybody when asked for. Of many nodes one page, to be turned when it is visible. */
export function ClusterTable({ visible }: { visible: boolean }) {
  const names = useCluster((state) => state.nodeNames)
  const waiting = useClusterList((state) => (state.podsByNode.get('') ?? none).map((key) => state.tables.Pod.get(key)?.metadata.name ?? ''))
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
      {visible && pages > 1 && <Pager page={page} pages={pages} onPage={setTurned} />}
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
            <Row key={name} name={name} />
          ))}
          {names.length === 0 && (
            <tr>
              <td colSpan={Object.keys(columns).length}>
                {en.canvas.noNodes} {en.canvas.noNodesHint}
              </td>
            </tr>
          )}
          {waiting.length > 0 && (
            <tr>
              <th scope="row">{en.canvas.waiting}</th>
              <td />
              <td>{listText(waiting)}</td>
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
