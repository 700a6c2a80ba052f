import { CornerDownLeft } from 'lucide-react'
import type { Explanation, Question, Reason } from '#protocol/explain.ts'
import { keyOf } from '#state/key.ts'
import { useClock, useCluster, useSession } from '#state/use-store.ts'
import { podActions } from '../actions/index.ts'
import { runCommand } from '../actions/run-command.ts'
import { useCardContext } from '../cards/card-context.ts'
import { Button } from '../parts/Button.tsx'
import { Empty } from '../parts/Empty.tsx'
import { ScrollRegion } from '../parts/ScrollRegion.tsx'
import { RuleLink } from '../rules/RuleLink.tsx'
import { en } from '../text/en.ts'
import { CodeText } from './CodeText.tsx'
import styles from './WhyPanel.module.css'

const signs = { yes: '✓', no: '✕', open: '·' } as const

/** More of a kind are folded away behind these. */
const mostShown = 12

function ReasonList({ reasons }: { reasons: readonly Reason[] }) {
  return (
    <ol className={styles.reasons}>
      {reasons.map((reason) => (
        <li key={reason.text} data-verdict={reason.verdict}>
          <span className={styles.sign} role="img" aria-label={en.why.verdicts[reason.verdict]}>
            {signs[reason.verdict]}
          </span>
          <span>
            <CodeText text={reason.text} /> {reason.rule && <RuleLink rule={reason.rule} />}
          </span>
        </li>
      ))}
    </ol>
  )
}

function Fold({ summary, reasons, unlisted = 0 }: { summary: string; reasons: readonly Reason[]; unlisted?: number }) {
  return (
    <details className={styles.fold}>
      <summary>{summary}</summary>
      <ReasonList reasons={reasons} />
      {unlisted > 0 && <p className={styles.summary}>{en.table.more(unlisted)}</p>}
    </details>
  )
}

/** Of a number the odd ones come first, and of very many nodes that it counts only how many. */
function Reasons({ explanation: { reasons, nodes }, ofNumber }: { explanation: Explanation; ofNumber: boolean }) {
  const odd = reasons.filter(({ verdict }) => verdict !== 'yes')
  const counted = reasons.filter(({ verdict }) => verdict === 'yes')
  const foldsCounted = ofNumber && odd.length > 0 && counted.length > mostShown
  const shown = ofNumber ? [...odd, ...(foldsCounted ? [] : counted)] : reasons
  const isLong = shown.length > 2 * mostShown
  // not all that a number counts is listed
  const rest = en.why.rest(shown.length - mostShown + (ofNumber && !foldsCounted ? nodes.length - counted.length : 0))
  return (
    <>
      <ReasonList reasons={isLong ? shown.slice(0, mostShown) : shown} />
      {isLong && <Fold summary={rest} reasons={shown.slice(mostShown)} />}
      {foldsCounted && <Fold summary={en.why.counted(nodes.length)} reasons={counted} unlisted={nodes.length - counted.length} />}
    </>
  )
}

function Remedies({ remedies }: { remedies: Explanation['remedies'] }) {
  const { client } = useCardContext()
  return (
    <ul className={styles.remedies}>
      {remedies.map((remedy) => (
        <li key={remedy.command} className={styles.remedy}>
          <div>
            <CodeText text={remedy.text} />
            <code className={styles.command}>
              <CodeText text={remedy.command} />
            </code>
          </div>
          <Button onClick={() => void runCommand(client, remedy.command)}>
            <CornerDownLeft aria-hidden="true" />
            {en.why.run}
          </Button>
        </li>
      ))}
    </ul>
  )
}

/** What can be done with the pod that is asked about. */
function PodButtons({ question }: { question: Question | undefined }) {
  const context = useCardContext()
  const pod = useCluster((state) => (question?.about === 'pod' ? state.tables.Pod.get(keyOf(question.namespace, question.name)) : undefined))
  // what the buttons are called depends on it
  useCluster((state) => state.failingProbes)
  if (!pod) return null
  return (
    <div className={styles.buttons}>
      {podActions
        .filter((action) => action.offered?.(pod) ?? true)
        .map((action) => (
          <Button key={action.name} onClick={() => action.run(context, pod)}>
            <action.icon aria-hidden="true" />
            {action.label(pod)}
          </Button>
        ))}
    </div>
  )
}

/** Whether the answer speaks of something that time will bring. */
function isWaiting(question: Question | undefined, { reasons }: Explanation): boolean {
  const asksOfTime = question?.about === 'rollout' || question?.about === 'ghost' || question?.about === 'number'
  return asksOfTime && reasons.some(({ verdict }) => verdict === 'open')
}

/** The answer to the last question: why a pod is there, is not there, or a number is what it is. */
export function WhyPanel() {
  const question = useSession((state) => state.question)
  const explanation = useSession((state) => state.explanation)
  const playing = useClock((state) => state.playing)
  if (!explanation) return <Empty title={question ? en.why.asking : en.why.empty} hint={question ? '' : en.why.emptyHint} />
  return (
    <ScrollRegion className={styles.why} label={en.panels.why}>
      <h2>
        <CodeText text={explanation.title} />
      </h2>
      <p className={styles.summary}>
        <CodeText text={explanation.summary} />
      </p>
      <Reasons explanation={explanation} ofNumber={question?.about === 'number'} />
      {!playing && isWaiting(question, explanation) && <p className={styles.paused}>{en.why.paused}</p>}
      <Remedies remedies={explanation.remedies} />
      <PodButtons question={question} />
    </ScrollRegion>
  )
}
