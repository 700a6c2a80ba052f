import type { TerminalLine } from '#state/terminal.ts'
import { useTerminal } from '#state/use-store.ts'
import { ScrollRegion } from '../parts/ScrollRegion.tsx'
import { embedText } from '../text/embed.ts'
import styles from './EmbedCommand.module.css'

/** The last command with its further lines and what it printed; nothing before there is one. */
function lastCommand(lines: readonly TerminalLine[]): readonly TerminalLine[] {
  const at = lines.findLastIndex(({ kind, goesOn }) => kind === 'command' && !goesOn)
  return at < 0 ? [] : lines.slice(at)
}

/** Where there is no terminal: the last command in a line, and behind it all that was given to it and what it printed. */
export function EmbedCommand() {
  const [first, ...rest] = lastCommand(useTerminal((state) => state.lines))
  if (!first) return null
  return (
    <details className={styles.command}>
      <summary>
        <span aria-hidden="true">$ </span>
        {first.text}
      </summary>
      <ScrollRegion className={styles.lines} label={embedText.lastCommand}>
        {rest.map((line) => (
          <div key={line.id} data-kind={line.kind}>
            {line.text}
          </div>
        ))}
      </ScrollRegion>
    </details>
  )
}
