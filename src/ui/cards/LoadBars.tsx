import type { KubeNode, Pod } from '#k8s/types.ts'
import { useClusterList } from '#state/use-store.ts'
import { en } from '../text/en.ts'
import styles from './LoadBars.module.css'
import { type Load, nodeLoad } from './node-look.ts'

const percentOf = (load: Load) => (load.total > 0 ? Math.round((load.used / load.total) * 100) : 0)

/** How much of the node's cpu, memory and pod places is asked for. */
export function LoadBars({ node, podKeys }: { node: KubeNode; podKeys: readonly string[] }) {
  const pods = useClusterList((state) => podKeys.map((key) => state.tables.Pod.get(key)).filter((pod): pod is Pod => pod !== undefined))
  return (
    <ul className={styles.bars}>
      {nodeLoad(node, pods).map((load) => {
        const percent = percentOf(load)
        const text = load.name === 'pods' ? en.node.podsText(load.used, load.total) : en.node.loadText(en.node.load[load.name], percent)
        return (
          <li key={load.name} className={styles.row} data-tip={text}>
            <span aria-hidden="true">{en.node.load[load.name]}</span>
            <span role="img" aria-label={text} className={styles.bar}>
              <span data-full={percent >= 90 ? '' : undefined} style={{ width: `${Math.min(100, percent)}%` }} />
            </span>
          </li>
        )
      })}
    </ul>
  )
}
