import { ChevronRight, CircleX, Info, Lightbulb, TriangleAlert, Wrench } from 'lucide-react'
import { useId, useState } from 'react'
import type { Lint } from '#protocol/lint.ts'
import { Button } from '../parts/Button.tsx'
import { UnbrokenNames } from '../parts/UnbrokenNames.tsx'
import { RuleLink } from '../rules/RuleLink.tsx'
import { en } from '../text/en.ts'
import { hintsText } from '../text/hints.ts'
import styles from './HintList.module.css'
import type { Problem } from './watch-problems.ts'

interface Props {
  hints: readonly Lint[]
  /** What the text's own language finds wrong with it, the worst first; the worst is said where there are no hints. */
  problems: readonly Problem[]
  /** What is said about the cursor's place or about what is pointed at; takes the place of the first hint. */
  said: string
  onShow(line: number): void
  onFix(hint: Lint): void
}

/** One row: how many hints there are, and beside it what is said just now; the hints themselves unfold below it. */
export function HintList({ hints, problems, said, onShow, onFix }: Props) {
  const id = useId()
  const [open, setOpen] = useState(false)
  const [worst] = problems
  const first = hints.find((hint) => hint.severity === 'warning') ?? hints[0]
  const beside = first ? (open ? undefined : first.message) : worst?.message
  // the row stays, so that the text does not jump while it is typed
  return (
    <div className={styles.hints}>
      <div className={styles.row} data-none={(hints.length === 0 && !worst) || undefined}>
        {hints.length === 0 && worst ? (
          <button type="button" className={styles.count} data-error={worst.isError || undefined} onClick={() => onShow(worst.line)}>
            {worst.isError ? <CircleX aria-hidden="true" /> : <TriangleAlert aria-hidden="true" />}
            {hintsText.problem(worst.line, problems.length)}
          </button>
        ) : hints.length === 0 ? (
          <span>{hintsText.none}</span>
        ) : (
          <button type="button" className={styles.count} aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
            <ChevronRight aria-hidden="true" className={styles.arrow} />
            <Lightbulb aria-hidden="true" />
            {hintsText.count(hints.length)}
          </button>
        )}
        {(said || beside) && (
          <span className={styles.said} data-said={said ? true : undefined} data-tip={said || beside}>
            {said || beside}
          </span>
        )}
      </div>
      <ul id={id} aria-label={hintsText.list} hidden={!open || hints.length === 0}>
        {hints.map((hint) => (
          <HintLine key={`${hint.line}:${hint.column}:${hint.message}`} hint={hint} onShow={onShow} onFix={onFix} />
        ))}
      </ul>
      <p role="status" className="visually-hidden">
        {said}
      </p>
    </div>
  )
}

function HintLine({ hint, onShow, onFix }: Pick<Props, 'onShow' | 'onFix'> & { hint: Lint }) {
  const { line, message, rule, severity, fix } = hint
  return (
    <li data-severity={severity}>
      {severity === 'warning' ? <TriangleAlert aria-hidden="true" /> : <Info aria-hidden="true" />}
      <button type="button" aria-label={en.editor.goToLine(line)} onClick={() => onShow(line)}>
        {line}
      </button>
      <span>
        <UnbrokenNames text={message} /> <RuleLink rule={rule} />
        {fix && (
          <Button className={styles.fix} onClick={() => onFix(hint)}>
            <Wrench aria-hidden="true" />
            {fix.title}
          </Button>
        )}
      </span>
    </li>
  )
}
