import { type KeyboardEvent, useRef, useState } from 'react'
import { terminalStore } from '#state/terminal.ts'
import { useSession, useTerminal } from '#state/use-store.ts'
import { interrupt, runCommand } from '../actions/run-command.ts'
import { useCardContext } from '../cards/card-context.ts'
import { en } from '../text/en.ts'
import styles from './Prompt.module.css'
import { useCompletion } from './use-completion.ts'

/** The way through the history: the line as typed is kept as its newest entry while one looks back. */
function useHistory(line: string, change: (line: string) => void) {
  const at = useRef(0)
  const typed = useRef('')
  return {
    move: (by: 1 | -1) => {
      const { history } = terminalStore.getState()
      if (at.current === 0) typed.current = line
      const next = at.current - by
      if (next < 0 || next > history.length) return
      at.current = next
      change(next === 0 ? typed.current : (history.at(-next) ?? ''))
    },
    leave: () => {
      at.current = 0
    },
  }
}

const ctrl = (event: KeyboardEvent, key: string) => event.ctrlKey && !event.metaKey && !event.altKey && event.key.toLowerCase() === key

/** The list stands below the input: without this it would open out of sight. */
const intoView = (list: HTMLElement | null) => list?.scrollIntoView({ block: 'nearest' })

/** The input line: Enter runs, arrows walk the history, Tab completes, Ctrl+C stops, Ctrl+L clears. Pasted lines run as one script. */
export function Prompt() {
  const { client } = useCardContext()
  const [line, setLine] = useState('')
  const input = useRef<HTMLTextAreaElement>(null)
  const history = useHistory(line, setLine)
  const completion = useCompletion(client, input, setLine)
  const scenarioPlays = useSession((state) => state.scenarioRequest !== undefined)
  const busy = useTerminal((state) => state.running.length > 0) || scenarioPlays

  const run = () => {
    setLine('')
    history.leave()
    completion.forget()
    if (line.trim() !== '') void runCommand(client, line, { remember: true })
  }
  const stop = () => {
    if (busy) interrupt(client)
    setLine('')
    history.leave()
  }
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const oneLine = !line.includes('\n')
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) run()
    else if (event.key === 'ArrowUp' && oneLine) history.move(-1)
    else if (event.key === 'ArrowDown' && oneLine) history.move(1)
    else if (event.key === 'Tab' && !event.shiftKey && line.trim() !== '') completion.complete()
    else if (ctrl(event, 'c') && input.current?.selectionStart === input.current?.selectionEnd) stop()
    else if (ctrl(event, 'l')) terminalStore.setState({ lines: [] })
    else return
    event.preventDefault()
  }
  return (
    <>
      <div className={styles.prompt}>
        <span aria-hidden="true" className={styles.sign}>
          $
        </span>
        <textarea
          ref={input}
          data-first-focus
          className={styles.input}
          aria-label={en.terminal.input}
          value={line}
          rows={Math.min(12, line.split('\n').length)}
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          autoCorrect="off"
          onChange={(event) => {
            setLine(event.target.value)
            history.leave()
            completion.forget()
          }}
          onKeyDown={onKeyDown}
        />
        {busy && (
          <button type="button" className={styles.stop} onClick={() => interrupt(client)}>
            {en.terminal.running} {en.terminal.interrupt}
          </button>
        )}
      </div>
      {completion.words.length > 0 && (
        <ul ref={intoView} className={styles.words} aria-label={en.terminal.completions}>
          {completion.words.slice(0, 60).map((word) => (
            <li key={word}>{word}</li>
          ))}
        </ul>
      )}
    </>
  )
}
