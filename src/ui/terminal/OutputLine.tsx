import { memo } from 'react'
import { clusterStore } from '#state/cluster.ts'
import type { TerminalLine } from '#state/terminal.ts'
import { en } from '../text/en.ts'
import { linkObjects } from './object-links.ts'
import styles from './Terminal.module.css'

/** Names that were objects when the line came. They are plain text to a mouse that selects; the log hears clicks and keys. */
function LinkedText({ line }: { line: TerminalLine }) {
  const pieces = linkObjects(line.text, line.about, clusterStore.getState().tables)
  return pieces.map(({ text, ref }, at) =>
    ref ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a line never change places
      // biome-ignore lint/a11y/useSemanticElements: the text of an anchor cannot be selected by dragging over it
      <span key={at} role="link" tabIndex={-1} className={styles.link} data-kind={ref.kind} data-namespace={ref.namespace} data-name={ref.name}>
        {text}
      </span>
    ) : (
      text
    ),
  )
}

export const OutputLine = memo(function OutputLine({ line }: { line: TerminalLine }) {
  const by = line.by === 'click' || line.by === 'scenario' ? en.terminal.by[line.by] : undefined
  return (
    <div className={styles.line} data-kind={line.kind} data-by={line.by}>
      {line.kind === 'command' && <span className={styles.sign}>{line.goesOn ? '>' : '$'} </span>}
      {line.kind === 'err' && (
        <span className={styles.mark} role="img" aria-label={en.terminal.error}>
          !{' '}
        </span>
      )}
      {line.kind === 'command' || line.kind === 'comment' ? line.text : <LinkedText line={line} />}
      {by && line.kind === 'command' && !line.goesOn && <span className={styles.by}> # {by}</span>}
    </div>
  )
})
