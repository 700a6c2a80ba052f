import { Download, Pencil, Play, Plus } from 'lucide-react'
import { type DragEvent, useState } from 'react'
import { closeDocument, type Document, editDocument, freeDocumentName, openDocument, renameDocument, showDocument } from '#state/documents.ts'
import { notify } from '#state/session.ts'
import { useDocuments } from '#state/use-store.ts'
import { applyDocument } from '../actions/apply-document.ts'
import { Button } from '../parts/Button.tsx'
import { Menu } from '../parts/Menu.tsx'
import { en } from '../text/en.ts'
import { CodeEditor } from './CodeEditor.tsx'
import { DocumentTabs } from './DocumentTabs.tsx'
import styles from './EditorPanel.module.css'
import { samples } from './gallery.ts'
import { RenameField } from './RenameField.tsx'
import { ResultList } from './ResultList.tsx'
import type { EditorPanelProps } from './types.ts'

const largestFile = 2_000_000

/** Takes dropped files in as documents. */
async function takeFiles(files: Iterable<File>): Promise<void> {
  for (const file of files) {
    if (file.size > largestFile) notify('error', en.editor.tooLarge(file.name))
    else openDocument(freeDocumentName(file.name), await file.text())
  }
}

function download({ name, text }: Document): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/yaml' }))
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}

/** The manifest editor: documents as tabs, what the API server said about the last apply, and Monaco. */
export function EditorPanel({ client }: EditorPanelProps) {
  const documents = useDocuments((state) => state.documents)
  const active = useDocuments((state) => state.active)
  const [reveal, setReveal] = useState<{ line: number; wish: number }>()
  const [renaming, setRenaming] = useState(false)
  const [status, setStatus] = useState('')
  const open = documents.find((one) => one.name === active) ?? documents[0]
  if (!open) return null
  // what was said is about the text that was applied
  const results = open.text === open.appliedText ? open.results : []
  const apply = () => void applyDocument(client, open.name)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    void takeFiles(event.dataTransfer.files)
  }
  const items = samples.map((sample) => ({
    key: sample.file,
    label: sample.title,
    detail: sample.file,
    run: () => openDocument(freeDocumentName(sample.file), sample.text),
  }))
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping a file is a shortcut; the menu of samples and pasting do the same
    <div className={styles.editor} onDragOver={(event) => event.preventDefault()} onDrop={drop}>
      <div className={styles.bar}>
        <DocumentTabs
          documents={documents}
          active={open.name}
          onShow={showDocument}
          onClose={(document) => {
            closeDocument(document.name)
            setStatus(en.editor.closed(document.name))
          }}
        />
        <Menu
          label={<Plus aria-hidden="true" />}
          aria-label={en.editor.add}
          look="quiet"
          items={[{ key: 'empty', label: en.editor.newDocument, run: () => openDocument(freeDocumentName('manifest.yaml'), '') }, ...items]}
        />
        <Button icon look="quiet" aria-label={en.editor.rename(open.name)} onClick={() => setRenaming(true)}>
          <Pencil aria-hidden="true" />
        </Button>
        <Button icon look="quiet" aria-label={en.editor.download(open.name)} onClick={() => download(open)}>
          <Download aria-hidden="true" />
        </Button>
        <Button look="primary" data-action="apply" title={en.editor.applyKeys} onClick={apply}>
          <Play aria-hidden="true" />
          {en.editor.apply}
        </Button>
      </div>
      {renaming && (
        <RenameField
          name={open.name}
          onDone={(name) => {
            setRenaming(false)
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
      <ResultList results={results} onShow={(line) => setReveal((before) => ({ line, wish: (before?.wish ?? 0) + 1 }))} />
      <p role="status" className={status ? styles.status : 'visually-hidden'}>
        {status}
      </p>
    </div>
  )
}
