import { CircleCheck, CircleX, TriangleAlert } from 'lucide-react'
import type { ApplyResult } from '#protocol/messages.ts'
import { en } from '../text/en.ts'
import styles from './EditorPanel.module.css'

const look = (result: ApplyResult) =>
  result.warning ? { Icon: TriangleAlert, tone: 'warning' } : result.ok ? { Icon: CircleCheck, tone: 'ok' } : { Icon: CircleX, tone: 'bad' }

/** What the API server said, document by document; a line number leads to its line. */
export function ResultList({ results, onShow }: { results: readonly ApplyResult[]; onShow(line: number): void }) {
  return (
    <ul className={styles.results} aria-label={en.editor.results} aria-live="polite">
      {results.map((result, at) => {
        const { Icon, tone } = look(result)
        const { line } = result
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same may be said twice
          <li key={at} data-tone={tone}>
            <Icon aria-hidden="true" />
            {line !== undefined && (
              <button type="button" aria-label={en.editor.goToLine(line)} onClick={() => onShow(line)}>
                {line}
              </button>
            )}
            <span>{result.message}</span>
          </li>
        )
      })}
    </ul>
  )
}
