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

/** One button a document; the shown one is marked, and what was not applied as it stands has a dot. */
export function DocumentTabs({ documents, active, onShow, onClose }: Props) {
  const list = useRef<HTMLUListElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the shown one is another element then
  useEffect(() => {
    list.current?.querySelector('[data-active]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [active, documents.length])
  return (
    <ul ref={list} className={styles.files} aria-label={editorText.documents} onWheel={scrollSideways}>
      {documents.map((one) => (
        <li key={one.name} className={styles.file} data-active={one.name === active || undefined}>
          <button type="button" aria-current={one.name === active || undefined} onClick={() => onShow(one.name)}>
            {one.name}
            {one.appliedText !== undefined && (one.appliedText !== one.text || one.results.some(({ ok }) => !ok)) && (
              <span className={styles.changed} role="img" aria-label={editorText.changed} title={editorText.changed} />
            )}
          </button>
          <button type="button" className={styles.close} aria-label={editorText.close(one.name)} onClick={() => onClose(one)}>
            <X aria-hidden="true" />
          </button>
        </li>
      ))}
    </ul>
  )
}
