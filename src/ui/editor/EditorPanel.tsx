import { type DragEvent, useEffect, useState } from 'react'
import { editDocument, renameDocument, showDocument } from '#state/documents.ts'
import { useDocuments } from '#state/use-store.ts'
import { applyDocument } from '../actions/apply-document.ts'
import { en } from '../text/en.ts'
import { CodeEditor } from './CodeEditor.tsx'
import { DocumentTabs } from './DocumentTabs.tsx'
import { closeWithUndo, openFiles } from './document-files.ts'
import { keepModels } from './document-model.ts'
import styles from './EditorPanel.module.css'
import { EditorTools } from './EditorTools.tsx'
import { RenameField } from './RenameField.tsx'
import { ResultList } from './ResultList.tsx'
import type { EditorPanelProps } from './types.ts'

/** The manifest editor: documents as tabs, Monaco, and what the API server said about the last apply. */
export function EditorPanel({ client }: EditorPanelProps) {
  const documents = useDocuments((state) => state.documents)
  const active = useDocuments((state) => state.active)
  const [reveal, setReveal] = useState<{ line: number }>()
  const [renaming, setRenaming] = useState<string>()
  const [status, setStatus] = useState('')
  const open = documents.find((one) => one.name === active) ?? documents[0]
  useEffect(() => keepModels(documents.map((document) => document.name)), [documents])
  if (!open) return null
  // what was said is about the text that was applied
  const results = open.text === open.appliedText ? open.results : []
  const apply = () => void applyDocument(client, open.name)
  const drop = (event: DragEvent) => {
    if (event.dataTransfer.files.length === 0) return
    event.preventDefault()
    event.stopPropagation()
    void openFiles([...event.dataTransfer.files])
  }
  return (
    <div className={styles.editor} onDragOverCapture={(event) => event.preventDefault()} onDropCapture={drop}>
      <div className={styles.bar}>
        <DocumentTabs documents={documents} active={open.name} onShow={showDocument} onClose={closeWithUndo} />
        <EditorTools document={open} onRename={() => setRenaming(open.name)} onApply={apply} />
      </div>
      {renaming === open.name && (
        <RenameField
          name={open.name}
          taken={documents.map((document) => document.name)}
          onDone={(name) => {
            setRenaming(undefined)
            if (name !== undefined) renameDocument(open.name, name)
          }}
        />
      )}
      <CodeEditor
        name={open.name}
        text={open.text}
        results={results}
        reveal={reveal}
        onChange={(text) => editDocument(open.name, text)}
        onApply={apply}
        onTabFocus={(leaves) => setStatus(leaves ? en.editor.tabLeavesNow : en.editor.tabIndentsNow)}
      />
      <ResultList results={results} onShow={(line) => setReveal({ line })} />
      <p role="status" className={status ? styles.status : 'visually-hidden'}>
        {status}
      </p>
    </div>
  )
}
