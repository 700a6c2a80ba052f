import { useEffect, useRef } from 'react'
import { useSession, useTerminal } from '#state/use-store.ts'
import { runTyped } from '../actions/run-command.ts'
import { useCardContext } from '../cards/card-context.ts'
import { ScrollRegion } from '../parts/ScrollRegion.tsx'
import { en } from '../text/en.ts'
import { OutputLog } from './OutputLog.tsx'
import { Prompt } from './Prompt.tsx'
import styles from './Terminal.module.css'

/** What an empty terminal offers to begin with. */
function Welcome() {
  const { client } = useCardContext()
  const version = useSession((state) => state.version)
  return (
    <div className={styles.welcome}>
      <p>
        {version && `${en.topBar.version(version)}. `}
        {en.terminal.welcome}
      </p>
      <ul>
        {en.terminal.first.map((line) => (
          <li key={line}>
            <button type="button" onClick={() => void runTyped(client, line, () => undefined)}>
              {line}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** What stands for a while below a command that runs makes the end move by so much, px. */
const noteHeight = 48

/** Real lines of text and one input: what was run, by hand or by a click, and what it printed. */
export function Terminal() {
  const isEmpty = useTerminal((state) => state.lines.length === 0)
  const box = useRef<HTMLElement>(null)
  const follows = useRef(true)
  const top = useRef(0)
  useEffect(() => {
    const { current } = box
    // what an empty terminal offers is read from its beginning
    if (!current || isEmpty) return
    // not only with new lines: what comes into sight is laid out only then, and wraps
    const observer = new ResizeObserver(() => {
      if (!follows.current) return
      current.scrollTop = current.scrollHeight
      // where less is shown, the end is further up: of that, too, is told later, and nobody scrolled
      top.current = current.scrollTop
    })
    for (const part of [current, ...current.children]) observer.observe(part)
    return () => observer.disconnect()
  }, [isEmpty])
  const onScroll = () => {
    const { scrollHeight = 0, scrollTop = 0, clientHeight = 0 } = box.current ?? {}
    const isAtEnd = scrollHeight - scrollTop - clientHeight < 24
    // only who scrolls back stays there: of a scroll to the end is told when there may be more already, and so of one that a note moved which went
    follows.current = isAtEnd || (follows.current && scrollTop >= top.current - noteHeight)
    if (isAtEnd || !follows.current) top.current = scrollTop
    else top.current = Math.max(top.current, scrollTop)
  }
  const focusInput = () => {
    if (getSelection()?.isCollapsed) box.current?.querySelector('textarea')?.focus({ preventScroll: !follows.current })
  }
  return (
    <ScrollRegion ref={box} className={styles.terminal} label={en.terminal.label} onScroll={onScroll} onClick={focusInput}>
      {isEmpty && <Welcome />}
      <OutputLog />
      <Prompt />
    </ScrollRegion>
  )
}
