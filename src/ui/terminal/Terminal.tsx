import { memo, useEffect, useRef } from 'react'
import type { TerminalLine } from '#state/terminal.ts'
import { useSession, useTerminal } from '#state/use-store.ts'
import { ScrollRegion } from '../parts/ScrollRegion.tsx'
import { en } from '../text/en.ts'
import { Prompt } from './Prompt.tsx'
import styles from './Terminal.module.css'

const Line = memo(function Line({ line }: { line: TerminalLine }) {
  return (
    <div className={styles.line} data-kind={line.kind}>
      {line.kind === 'command' ? <span className={styles.sign}>$ </span> : null}
      {line.text}
    </div>
  )
})

/** Real lines of text and one input: what was run, by hand or by a click, and what it printed. */
export function Terminal() {
  const lines = useTerminal((state) => state.lines)
  const version = useSession((state) => state.version)
  const box = useRef<HTMLElement>(null)
  const follows = useRef(true)
  useEffect(() => {
    if (lines && follows.current && box.current) box.current.scrollTop = box.current.scrollHeight
  }, [lines])
  const onScroll = () => {
    const { scrollHeight = 0, scrollTop = 0, clientHeight = 0 } = box.current ?? {}
    follows.current = scrollHeight - scrollTop - clientHeight < 24
  }
  const focusInput = () => {
    if (getSelection()?.isCollapsed) box.current?.querySelector('textarea')?.focus()
  }
  return (
    <ScrollRegion ref={box} className={styles.terminal} label={en.terminal.label} onScroll={onScroll} onClick={focusInput}>
      <div role="log" aria-live="off">
        {lines.length === 0 && (
          <div className={styles.line} data-kind="comment">
            # {en.terminal.welcome}
            {version && ` (${en.topBar.version(version)})`}
          </div>
        )}
        {lines.map((line) => (
          <Line key={line.id} line={line} />
        ))}
      </div>
      <Prompt />
    </ScrollRegion>
  )
}
