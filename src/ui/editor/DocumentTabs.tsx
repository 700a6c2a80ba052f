import { X } from 'lucide-react'
import { useEffect, useRef, type WheelEvent } from 'react'
import type { Document } from '#state/documents.ts'
import { editorText } from '../text/editor.ts'
import styles from './EditorPanel.module.css'

interface Props {
  documents: readonly Document[]
  active: string
  onShow(name: string): void
  onClose(document: Document): void
}

/** The strip has no scroll bar, which would make it higher: the wheel turns it. */
function scrollSideways({ currentTarget, deltaY }: WheelEvent): void {
  currentTarget.scrollLeft += deltaY
}

/** Turns the strip so far that all of the shown one's button is seen; what the strip is in stays where it is. */
function bringShownIn(strip: HTMLElement): void {
  const shown = strip.querySelector('[data-active]')?.getBoundingClientRect()
  if (!shown) return
  const { left, right } = strip.getBoundingClientRect()
  strip.scrollLeft += Math.max(0, shown.right - right) + Math.min(0, shown.left - left)
}

/** Whether it was applied, and not as it stands, or in vain. */
const isChanged = ({ appliedText, text, results }: Document) => appliedText !== undefined && (appliedText !== text || results.some(({ ok }) => !ok))

/** One button a document; the shown one is marked, and what was not applied as it stands has a dot. */
export function DocumentTabs({ documents, active, onShow, onClose }: Props) {
  const list = useRef<HTMLUListElement>(null)
  const changed = documents.filter(isChanged).length
  // biome-ignore lint/correctness/useExhaustiveDependencies: the shown one is another element then, or at another place
  useEffect(() => {
    if (list.current) bringShownIn(list.current)
  }, [active, documents.length, changed])
  return (
    <ul ref={list} className={styles.files} aria-label={editorText.documents} onWheel={scrollSideways}>
      {documents.map((one) => (
        <li key={one.name} className={styles.file} data-active={one.name === active || undefined}>
          <button type="button" aria-current={one.name === active || undefined} onClick={() => onShow(one.name)}>
            {one.name}
            {isChanged(one) && <span className={styles.changed} role="img" aria-label={editorText.changed} title={editorText.changed} />}
          </button>
          <button type="button" className={styles.close} aria-label={editorText.close(one.name)} onClick={() => onClose(one)}>
            <X aria-hidden="true" />
          </button>
        </li>
      ))}
    </ul>
  )
}
