import { CircleCheck, CircleX, TriangleAlert } from 'lucide-react'
import type { ApplyResult } from '#protocol/apply-result.ts'
import { UnbrokenNames } from '../parts/UnbrokenNames.tsx'
import { editorText } from '../text/editor.ts'
import styles from './EditorPanel.module.css'
import { shortError } from './short-error.ts'

const look = (result: ApplyResult) =>
  result.warning ? { Icon: TriangleAlert, tone: 'warning' } : result.ok ? { Icon: CircleCheck, tone: 'ok' } : { Icon: CircleX, tone: 'bad' }

const maxShown = 200

/** What went wrong first when there is more than is shown. */
function shown(results: readonly ApplyResult[]): readonly ApplyResult[] {
  if (results.length <= maxShown) return results
  const isFine = (result: ApplyResult) => result.ok && !result.warning
  return [...results.filter((result) => !isFine(result)), ...results.filter(isFine)].slice(0, maxShown)
}

/** What the API server said, document by document; a line number leads to its line. */
export function ResultList({ results, onShow }: { results: readonly ApplyResult[]; onShow(line: number): void }) {
  return (
    <ul className={styles.results} aria-label={editorText.results} aria-live="polite">
      {shown(results).map((result, at) => {
        const { Icon, tone } = look(result)
        const { line } = result
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same may be said twice
          <li key={at} data-tone={tone}>
            <Icon aria-hidden="true" />
            {line !== undefined && (
              <button type="button" aria-label={editorText.goToLine(line)} onClick={() => onShow(line)}>
                {line}
              </button>
            )}
            <span>
              <UnbrokenNames text={shortError(result.message)} />
            </span>
          </li>
        )
      })}
      {results.length > maxShown && <li>{editorText.moreResults(results.length - maxShown)}</li>}
    </ul>
  )
}
