import { ChevronRight, CircleX, Info, Lightbulb, TriangleAlert, Wrench } from 'lucide-react'
import { useId, useState } from 'react'
import type { Lint } from '#protocol/lint.ts'
import { Button } from '../parts/Button.tsx'
import { UnbrokenNames } from '../parts/UnbrokenNames.tsx'
import { RuleLink } from '../rules/RuleLink.tsx'
import { editorText } from '../text/editor.ts'
import { hintsText } from '../text/hints.ts'
import styles from './HintList.module.css'
import type { Problem } from './watch-problems.ts'

interface Props {
  hints: readonly Lint[]
  /** What the text's own language finds wrong with it, the worst first. */
  problems: readonly Problem[]
  /** What is said about the cursor's place or about what is pointed at; takes the place of the first hint. */
  said: string
  onShow(line: number): void
  onFix(hint: Lint): void
}

const icons = { error: CircleX, warning: TriangleAlert, info: Info }
const weight = { error: 0, warning: 1, info: 2 }
const maxProblems = 50

/** What is wrong, and what deserves a second look: problems first, each by its place in the text. */
function inOrder(problems: readonly Problem[], hints: readonly Lint[]): readonly (Problem | Lint)[] {
  const isProblem = (one: Lint) => one.severity === 'error'
  const wrong = [...hints.filter(isProblem), ...problems.slice(0, maxProblems)].sort(
    (a, b) => weight[a.severity] - weight[b.severity] || a.line - b.line,
  )
  return [...wrong, ...hints.filter((one) => !isProblem(one))]
}

/** One row: how much there is to say, and beside it what is said just now; all of it unfolds below the row. */
export function HintList({ hints, problems, said, onShow, onFix }: Props) {
  const id = useId()
  const [open, setOpen] = useState(false)
  const all = inOrder(problems, hints)
  const [first] = all
  const errors = hints.filter((hint) => hint.severity === 'error').length + problems.length
  // of hints alone the first that warns is told
  const told = errors > 0 ? first : (all.find((one) => one.severity === 'warning') ?? first)
  const beside = open ? undefined : told?.message
  const isError = first?.severity === 'error'
  const Icon = isError ? CircleX : errors > 0 ? TriangleAlert : Lightbulb
  // the row stays, so that the text does not jump while it is typed
  return (
    <div className={styles.hints} data-unfolded={(open && first !== undefined) || undefined}>
      <div className={styles.row} data-none={!first || undefined}>
        {first ? (
          <button
            type="button"
            className={styles.count}
            data-error={isError || undefined}
            aria-expanded={open}
            aria-controls={id}
            onClick={() => setOpen(!open)}
          >
            <ChevronRight aria-hidden="true" className={styles.arrow} />
            <Icon aria-hidden="true" />
            {hintsText.count(errors, hints.length + problems.length - errors)}
          </button>
        ) : (
          !said && <span>{hintsText.none}</span>
        )}
        {(said || beside) && (
          <span className={styles.said} data-said={said ? true : undefined} data-tip={said || beside}>
            {said || beside}
          </span>
        )}
      </div>
      <ul id={id} aria-label={hintsText.list} hidden={!open || !first}>
        {all.map((one) => (
          <HintLine key={`${one.line}:${one.column}:${one.message}`} hint={one} onShow={onShow} onFix={onFix} />
        ))}
        {problems.length > maxProblems && <li>{editorText.moreResults(problems.length - maxProblems)}</li>}
      </ul>
      <p role="status" className="visually-hidden">
        {said}
      </p>
    </div>
  )
}

function HintLine({ hint, onShow, onFix }: Pick<Props, 'onShow' | 'onFix'> & { hint: Problem | Lint }) {
  const { line, message, severity } = hint
  const lint = 'endLine' in hint ? hint : undefined
  const Icon = icons[severity]
  return (
    <li data-severity={severity}>
      <Icon aria-hidden="true" />
      <button type="button" aria-label={editorText.goToLine(line)} onClick={() => onShow(line)}>
        {line}
      </button>
      <span>
        <UnbrokenNames text={message} /> {lint?.rule && <RuleLink rule={lint.rule} />}
        {lint?.fix && (
          <Button className={styles.fix} onClick={() => onFix(lint)}>
            <Wrench aria-hidden="true" />
            {lint.fix.title}
          </Button>
        )}
      </span>
    </li>
  )
}
