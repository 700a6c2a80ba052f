import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { Button } from '../parts/Button.tsx'
import { editorText } from '../text/editor.ts'
import { toDocumentName } from './document-name.ts'
import styles from './EditorPanel.module.css'

interface Props {
  name: string
  /** Names that documents have already. */
  taken: readonly string[]
  /** Gets the new name, or undefined to leave it as it is, and what was typed for it. */
  onDone(name: string | undefined, wish: string): void
}

/** Asks for another name of a document. */
export function RenameField({ name, taken, onDone }: Props) {
  const field = useRef<HTMLInputElement>(null)
  const errorId = useId()
  const [error, setError] = useState('')
  useEffect(() => {
    field.current?.focus()
    field.current?.setSelectionRange(0, name.replace(/\.\w+$/, '').length)
  }, [name])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const wish = field.current?.value.trim() ?? ''
    const wanted = toDocumentName(wish)
    if (wanted !== undefined && wanted !== name && taken.includes(wanted)) setError(editorText.nameTaken(wanted))
    else if (wanted === undefined && wish !== '') setError(editorText.noName(wish))
    else onDone(wanted, wish)
  }
  return (
    <form className={styles.rename} onSubmit={submit} onKeyDown={(event) => event.key === 'Escape' && onDone(undefined, '')}>
      <input
        ref={field}
        aria-label={editorText.newName}
        aria-invalid={error !== ''}
        aria-describedby={errorId}
        defaultValue={name}
        spellCheck={false}
        onChange={() => setError('')}
      />
      <Button type="submit">{editorText.renameDone}</Button>
      <span id={errorId} role="status" className={styles.error}>
        {error}
      </span>
    </form>
  )
}
