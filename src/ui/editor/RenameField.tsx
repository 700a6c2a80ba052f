import { type FormEvent, useEffect, useRef } from 'react'
import { Button } from '../parts/Button.tsx'
import { en } from '../text/en.ts'
import styles from './EditorPanel.module.css'

/** Asks for another name of a document; `onDone(undefined)` leaves it as it is. */
export function RenameField({ name, onDone }: { name: string; onDone(name: string | undefined): void }) {
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.select(), [])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const wanted = field.current?.value.trim().replace(/[^\w.-]+/g, '-')
    onDone(wanted || undefined)
  }
  return (
    <form className={styles.rename} onSubmit={submit} onKeyDown={(event) => event.key === 'Escape' && onDone(undefined)}>
      <input ref={field} aria-label={en.editor.newName} defaultValue={name} spellCheck={false} />
      <Button type="submit">{en.editor.renameDone}</Button>
    </form>
  )
}
