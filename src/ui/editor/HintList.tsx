import { Info, Lightbulb, TriangleAlert, Wrench } from 'lucide-react'
import type { Lint } from '#protocol/lint.ts'
import { Button } from '../parts/Button.tsx'
import { en } from '../text/en.ts'
import { hintsText } from '../text/hints.ts'
import styles from './HintList.module.css'

interface Props {
  hints: readonly Lint[]
  onShow(line: number): void
  onFix(hint: Lint): void
}

/** What deserves a second look before it is applied; folded away, so that the text keeps its room. */
export function HintList({ hints, onShow, onFix }: Props) {
  // the row stays, so that the text does not jump while it is typed
  if (hints.length === 0) return <p className={styles.none}>{hintsText.none}</p>
  return (
    <details className={styles.hints}>
      <summary>
        <Lightbulb aria-hidden="true" />
        {hintsText.count(hints.length)}
      </summary>
      <ul aria-label={hintsText.list}>
        {hints.map((hint) => {
          const { line, column, message, rule, severity, fix } = hint
          return (
            <li key={`${line}:${column}:${message}`} data-severity={severity}>
              {severity === 'warning' ? <TriangleAlert aria-hidden="true" /> : <Info aria-hidden="true" />}
              <button type="button" aria-label={en.editor.goToLine(line)} onClick={() => onShow(line)}>
                {line}
              </button>
              <span>
                {message} <small>{rule}</small>
                {fix && (
                  <Button className={styles.fix} onClick={() => onFix(hint)}>
                    <Wrench aria-hidden="true" />
                    {fix.title}
                  </Button>
                )}
              </span>
            </li>
          )
        })}
      </ul>
    </details>
  )
}
