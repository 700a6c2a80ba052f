import { X } from 'lucide-react'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { en } from '../text/en.ts'
import { Button } from './Button.tsx'
import styles from './Dialog.module.css'

interface Props {
  title: string
  /** Room for tables. */
  wide?: boolean
  children: ReactNode
  onClose(): void
}

/** A modal window (native dialog): its first field gets the focus. Escape and a click beside it close it; focus goes back where it was. */
export function Dialog({ title, wide = false, children, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    const element = dialog.current
    const before = document.activeElement
    // a tool that shows only while its card has the focus is gone by then: the card is where it was
    const around = before?.parentElement?.closest<HTMLElement>('[tabindex]')
    if (element && !element.open) {
      element.showModal()
      element.querySelector<HTMLElement>('input, select, textarea')?.focus()
    }
    return () => {
      if (element?.isConnected) return
      if (before?.isConnected && before instanceof HTMLElement) before.focus()
      else around?.focus()
    }
  }, [])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape does the same
    <dialog
      ref={dialog}
      aria-labelledby={id}
      className={styles.dialog}
      data-wide={wide || undefined}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) dialog.current.close()
      }}
    >
      <div className={styles.inner}>
        <header className={styles.head}>
          <h2 id={id}>{title}</h2>
          <Button icon look="quiet" aria-label={en.close} onClick={() => dialog.current?.close()}>
            <X aria-hidden="true" />
          </Button>
        </header>
        {children}
      </div>
    </dialog>
  )
}
