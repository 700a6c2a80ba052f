import { SkipForward } from 'lucide-react'
import { memo } from 'react'
import type { DaemonSet } from '#k8s/types.ts'
import { useCluster, useClusterList, useSession } from '#state/use-store.ts'
import { workloadKey } from '#state/workload.ts'
import { addDaemonSet } from '../actions/add-daemonset.ts'
import { useCardContext } from '../cards/card-context.ts'
import { daemonSetNumbers, isOff } from '../cards/daemon-set-numbers.ts'
import { NumberCell } from '../cards/NumberCell.tsx'
import { useLitNodes } from '../cards/use-lit-nodes.ts'
import { workloadColour, workloadLetters } from '../cards/workload-look.ts'
import { Button } from '../parts/Button.tsx'
import { ScrollRegion } from '../parts/ScrollRegion.tsx'
import { playScenario } from '../scenario/open-cluster.ts'
import { en } from '../text/en.ts'
import styles from './DaemonSetBar.module.css'

/** `maxUnavailable 1`; empty where nothing limits the update. */
function limitText({ spec: { updateStrategy } }: DaemonSet): string {
  const { maxSurge, maxUnavailable } = updateStrategy.rollingUpdate ?? {}
  const surge = maxSurge !== undefined && maxSurge !== 0 && maxSurge !== '0%'
  return surge ? `maxSurge ${maxSurge}` : maxUnavailable === undefined ? '' : `maxUnavailable ${maxUnavailable}`
}

/** Whether pods of an older template are left, as far as the status knows. */
function isRolling({ metadata, status }: DaemonSet): boolean {
  return (status.updatedNumberScheduled ?? 0) < status.desiredNumberScheduled || (status.observedGeneration ?? 0) < (metadata.generation ?? 0)
}

/** The update strategy, and how far a rollout is. A click tells what it waits for and who uses its budget. */
function Rollout({ set }: { set: DaemonSet }) {
  const { name, namespace = '' } = set.metadata
  const handlers = useLitNodes({ about: 'rollout', namespace, daemonset: name })
  const { desiredNumberScheduled, updatedNumberScheduled = 0 } = set.status
  const progress = isRolling(set) ? en.daemonSets.rollout(updatedNumberScheduled, desiredNumberScheduled) : ''
  const type = set.spec.updateStrategy.type ?? 'RollingUpdate'
  const limit = limitText(set)
  const strategy = [type, limit].filter(Boolean).join(', ')
  return (
    <button
      type="button"
      className={styles.strategy}
      data-rolling={progress !== '' || undefined}
      aria-label={en.daemonSets.askRollout(name, [progress, strategy].filter(Boolean).join(' · '))}
      {...handlers}
    >
      {/* where there is little room the progress is enough; without one the limit tells the type, and the type is shorter than the limit */}
      {progress || <span className={limit ? styles.type : ''}>{type}</span>}
      {limit && <span className={progress ? styles.spare : styles.limit}>{progress ? ` · ${limit}` : limit}</span>}
    </button>
  )
}

const Row = memo(function Row({ setKey }: { setKey: string }) {
  const set = useCluster((state) => state.tables.DaemonSet.get(setKey))
  const name = set?.metadata.name ?? ''
  const namespace = set?.metadata.namespace ?? ''
  const workload = workloadKey({ kind: 'DaemonSet', namespace, name })
  const number = useCluster((state) => state.workloadNumbers.get(workload))
  const letters = useCluster((state) => workloadLetters(workload, state.workloadNumbers))
  if (!set) return null
  return (
    <tr>
      <th scope="row">
        <span className={styles.name}>
          <span aria-hidden="true" className={styles.tile} style={{ background: workloadColour(number) }}>
            {letters}
          </span>
          <span className={styles.texts}>
            <span className={styles.text}>{name}</span>
            <Rollout set={set} />
          </span>
        </span>
      </th>
      {daemonSetNumbers.map(({ id, read }) => {
        const value = read(set)
        return (
          <td key={id}>
            <NumberCell namespace={namespace} daemonset={name} number={id} value={value} off={isOff(id, value, set)} />
          </td>
        )
      })}
    </tr>
  )
})

/** The parts of a column's name, which stand one over the other where there is no room for them in a line. */
const headParts = (head: string): string[] => head.split(/(?<=TO-|^MIS(?=S))/)

/** The numbers of each DaemonSet's status. Pointing at one lights up the nodes it counts; a click explains it. */
export function DaemonSetBar() {
  const context = useCardContext()
  const keys = useClusterList((state) => [...state.tables.DaemonSet.keys()])
  const next = useSession(({ scenario }) => scenario?.steps[scenario.done])
  if (keys.length === 0 && next)
    return (
      <div className={styles.none}>
        <span>
          <b>{en.canvas.noDaemonSets}</b> {en.canvas.noDaemonSetsYet} <code>{next.text.replace(/^# /, '')}</code>
        </span>
        <Button look="primary" onClick={() => void playScenario(context.client, 'next')}>
          <SkipForward aria-hidden="true" />
          {en.embed.next}
        </Button>
      </div>
    )
  if (keys.length === 0) {
    return (
      <div className={styles.none}>
        <span>
          <b>{en.canvas.noDaemonSets}</b> {en.canvas.noDaemonSetsHint}
        </span>
        <Button look="primary" onClick={() => addDaemonSet.run(context)}>
          <addDaemonSet.icon aria-hidden="true" />
          {en.empty.sampleDaemonSet}
        </Button>
      </div>
    )
  }
  return (
    <ScrollRegion className={styles.bar} label={en.daemonSets.label}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col" aria-label={en.daemonSets.name}>
              <span>{en.daemonSets.name}</span>
            </th>
            {daemonSetNumbers.map(({ id }) => (
              <th key={id} scope="col" aria-label={en.daemonSets[id]}>
                {headParts(en.daemonSets[id]).map((part) => (
                  <span key={part} className={styles.part}>
                    {part}
                  </span>
                ))}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <Row key={key} setKey={key} />
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}
