import type { KubeNode } from '#k8s/types.ts'
import { nodeActions } from '../actions/index.ts'
import { en } from '../text/en.ts'
import { useCardContext } from './card-context.ts'
import styles from './NodeToolbar.module.css'

/** What can be done with a node, as a strip at the top of its card. */
export function NodeToolbar({ node }: { node: KubeNode }) {
  const context = useCardContext()
  const shown = nodeActions.filter((action) => !context.without.has(action.name) && (action.offered?.(node) ?? true))
  return (
    <div role="toolbar" aria-label={en.node.toolbar(node.metadata.name)} className={styles.toolbar}>
      {shown.map((action) => {
        const label = action.label(node)
        return (
          <button
            key={action.name}
            type="button"
            data-action={action.name}
            aria-label={`${label} ${node.metadata.name}`}
            data-tip={action.shortcut ? `${label} (${action.shortcut})` : label}
            className={styles.button}
            onClick={() => action.run(context, node)}
          >
            <action.icon aria-hidden="true" />
          </button>
        )
      })}
    </div>
  )
}
