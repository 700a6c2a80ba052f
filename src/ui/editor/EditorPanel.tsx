import { Plus, X } from 'lucide-react'
import type { KeyboardEvent } from 'react'
import { closeDocument, editDocument, freeDocumentName, openDocument, showDocument } from '#state/documents.ts'
import { useDocuments } from '#state/use-store.ts'
import { applyDocument } from '../actions/apply-document.ts'
import { Button } from '../parts/Button.tsx'
import { en } from '../text/en.ts'
import styles from './EditorPanel.module.css'
import type { EditorPanelProps } from './types.ts'

/** A plain text editor for manifests: documents as tabs, Ctrl/Cmd+Enter applies, errors stand below with their line. */
export function EditorPanel({ client }: EditorPanelProps) {
  const documents = useDocuments((state) => state.documents)
  const active = useDocuments((state) => state.active)
  const document = documents.find((one) => one.name === active)
  if (!document) return null
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    void applyDocument(client, document.name)
  }
  return (
    <div className={styles.editor}>
      <div className={styles.files}>
        {documents.map((one) => (
          <span key={one.name} className={styles.file} data-active={one.name === active || undefined}>
            <button type="button" onClick={() => showDocument(one.name)}>
              {one.name}
            </button>
            <button type="button" aria-label={`${en.forms.close} ${one.name}`} onClick={() => closeDocument(one.name)}>
              <X aria-hidden="true" />
            </button>
          </span>
        ))}
        <Button icon look="quiet" aria-label={en.editor.newDocument} onClick={() => openDocument(freeDocumentName('manifest.yaml'), '')}>
          <Plus aria-hidden="true" />
        </Button>
        <Button look="primary" data-action="apply" onClick={() => void applyDocument(client, document.name)}>
          {en.editor.apply}
        </Button>
      </div>
      <textarea
        data-first-focus
        className={styles.text}
        aria-label={document.name}
        spellCheck={false}
        value={document.text}
        onChange={(event) => editDocument(document.name, event.target.value)}
        onKeyDown={onKeyDown}
      />
      {document.results.length > 0 && (
        <ul className={styles.results}>
          {document.results.map((result) => (
            <li key={`${result.line} ${result.message}`} data-ok={result.ok || undefined}>
              {result.line ? `${result.line}: ` : ''}
              {result.message}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
