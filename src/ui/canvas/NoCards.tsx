import type { JournalEntry } from '#protocol/messages.ts'
import { useJournal, useSession } from '#state/use-store.ts'
import { addNode } from '../actions/add-node.ts'
import { useCardContext } from '../cards/card-context.ts'
import { Button } from '../parts/Button.tsx'
import { Empty } from '../parts/Empty.tsx'
import { en } from '../text/en.ts'
import styles from './Canvas.module.css'

/** Whether a Node object was deleted, and its machine left as it is. */
const isNodeLost = ({ kind, verb, rootId }: JournalEntry, entries: readonly JournalEntry[]) =>
  kind === 'Node' && verb === 'delete' && entries.some((entry) => entry.id === rootId && entry.verb === 'command')

/** What is said is seen whole, though it covers some of many pods; more of it where Nodes were lost. */
const room = 84
const roomForMore = 128

/** What stands where there are no cards; `below` = how far the pods that are on none reach down in a pane of this height, px. */
export function NoCards({ below, height }: { below: number | undefined; height: number }) {
  const context = useCardContext()
  const starting = useSession((state) => state.phase === 'starting')
  const failed = useSession((state) => state.failure !== undefined)
  const areLost = useJournal(({ entries }) => entries.some((entry) => isNodeLost(entry, entries)))
  // what failed is told above, and nothing is on its way
  if (starting && failed) return null
  return (
    <div
      className={styles.empty}
      data-below={below === undefined ? undefined : true}
      style={{ paddingTop: below && Math.min(below, height - (areLost ? roomForMore : room)) }}
    >
      {starting ? (
        <Empty title={en.canvas.starting} hint="" />
      ) : (
        <Empty title={en.canvas.noNodes} hint={areLost ? en.canvas.noNodesLeft : below === undefined ? en.canvas.noNodesHint : ''}>
          <Button onClick={() => addNode.run(context)}>
            <addNode.icon aria-hidden="true" />
            {en.actions['add-node']}
          </Button>
        </Empty>
      )}
    </div>
  )
}
