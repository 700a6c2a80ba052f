import { type ClipboardEvent, type KeyboardEvent, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { appendOutput, terminalStore } from '#state/terminal.ts'
import { useSession, useTerminal } from '#state/use-store.ts'
import { interrupt, runTyped } from '../actions/run-command.ts'
import { useCardContext } from '../cards/card-context.ts'
import { en } from '../text/en.ts'
import { CompletionList } from './CompletionList.tsx'
import { editKeys } from './edit-keys.ts'
import styles from './Prompt.module.css'
import { pastedText, plainText } from './plain-text.ts'
import { useCompletion } from './use-completion.ts'
import { useHistory } from './use-history.ts'
import { WaitingNote } from './WaitingNote.tsx'

const ctrlOnly = (event: KeyboardEvent) => event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey

/** The newest name in the output that can be selected. */
const newestLink = (input: HTMLElement) => [...(input.closest('section')?.querySelectorAll<HTMLElement>('[role=link]') ?? [])].at(-1)

/**
 * The input line. Enter runs, or goes on with a command that is not complete; arrows walk the history, Ctrl+R searches it, Tab completes,
 * Ctrl+C stops. Several pasted lines run one after the other.
 */
export function Prompt() {
  const { client } = useCardContext()
  const [line, setLine] = useState('')
  const input = useRef<HTMLTextAreaElement>(null)
  const history = useHistory(line, setLine)
  /** At once, with the cursor: what is typed or selected next must not meet either of them alone. */
  const put = (next: string, cursor: number) => {
    flushSync(() => setLine(next))
    input.current?.setSelectionRange(cursor, cursor)
  }
  const completion = useCompletion(client, input, put)
  const scenarioPlays = useSession((state) => state.scenarioRequest !== undefined)
  const runs = useTerminal((state) => state.running.length > 0)
  const busy = runs || scenarioPlays

  const leave = () => {
    history.leave()
    completion.forget()
  }
  const run = () => {
    setLine('')
    leave()
    if (line.trim() !== '') void runTyped(client, plainText(line), (incomplete) => setLine((typed) => `${incomplete}\n${typed}`))
  }
  const stop = () => {
    if (busy) interrupt(client)
    else if (line)
      terminalStore.setState(({ lines }) => ({
        lines: appendOutput(lines, [{ type: 'output', shellId: 0, stream: 'echo', text: `${line}^C`, by: 'typed' }]),
      }))
    setLine('')
    leave()
  }
  const edit = (key: string) => {
    const { current } = input
    const edited = current && editKeys[key]?.(line, current.selectionStart)
    if (!edited) return
    put(edited.line, edited.cursor)
    leave()
  }
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const { selectionStart, selectionEnd } = event.currentTarget
    const key = event.key.toLowerCase()
    const ctrl = ctrlOnly(event)
    // keys of an input method, which chooses among its words with them
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter' && !event.shiftKey) run()
    else if (event.key === 'ArrowUp' && event.altKey) newestLink(event.currentTarget)?.focus()
    else if (event.key === 'ArrowUp' && !line.slice(0, selectionStart).includes('\n')) history.move(-1)
    else if (event.key === 'ArrowDown' && !line.slice(selectionEnd).includes('\n')) history.move(1)
    else if (event.key === 'Tab' && !event.shiftKey && line.trim() !== '') completion.complete()
    else if (event.key === 'Escape' && (history.searched || completion.words.length > 0)) leave()
    else if (ctrl && key === 'c' && selectionStart === selectionEnd) stop()
    else if (ctrl && key === 'l') terminalStore.setState({ lines: [] })
    else if (ctrl && key === 'r') history.search()
    else if (ctrl && editKeys[key]) edit(key)
    else return
    event.preventDefault()
  }
  const onPaste = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData('text/plain')
    const pasted = pastedText(text)
    if (pasted === text) return
    event.preventDefault()
    // as if it were typed: so it can be undone
    document.execCommand('insertText', false, pasted)
  }
  return (
    <div className={styles.foot}>
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
            leave()
          }}
          onPaste={onPaste}
          onKeyDown={onKeyDown}
        />
        {busy && (
          <button type="button" className={`${styles.stop} ${styles.late}`} onClick={() => interrupt(client)}>
            {en.terminal.running} {en.terminal.interrupt}
          </button>
        )}
      </div>
      <div role="status">
        {history.searched && (
          <div className={styles.count}>
            {history.searched.isFound ? en.terminal.searching(history.searched.text) : en.terminal.notFound(history.searched.text)}
          </div>
        )}
      </div>
      <WaitingNote busy={runs} />
      <CompletionList words={completion.words} />
    </div>
  )
}
