import { Download, Ellipsis, FilePlus2, FolderOpen, Pencil, Play, Plus, Telescope, Undo2 } from 'lucide-react'
import { useRef } from 'react'
import { type Document, freeDocumentName, openDocument, reopenDocument } from '#state/documents.ts'
import { useDocuments } from '#state/use-store.ts'
import { Button } from '../parts/Button.tsx'
import { Menu } from '../parts/Menu.tsx'
import { aheadText } from '../text/ahead.ts'
import { editorText } from '../text/editor.ts'
import { en } from '../text/en.ts'
import { downloadDocument, openFiles } from './document-files.ts'
import styles from './EditorPanel.module.css'
import { samples } from './gallery.ts'

interface Props {
  document: Document
  onRename(): void
  onLookAhead(): void
  onApply(): void
}

/** What can be done with the open document, and how others come in. */
export function EditorTools({ document, onRename, onLookAhead, onApply }: Props) {
  const picker = useRef<HTMLInputElement>(null)
  const closed = useDocuments((state) => state.closed)
  const newItems = [
    { key: 'empty', label: en.editor.newDocument, icon: <FilePlus2 />, run: () => openDocument(freeDocumentName('manifest.yaml'), '') },
    { key: 'files', label: editorText.openFiles, icon: <FolderOpen />, run: () => picker.current?.click() },
    ...closed.map((one, at) => ({
      key: `closed ${at}`,
      label: one.document.name,
      heading: at === 0 ? editorText.recentlyClosed : undefined,
      icon: <Undo2 />,
      run: () => reopenDocument(one),
    })),
    ...samples.map((sample, at) => ({
      key: sample.file,
      label: sample.title,
      detail: sample.file,
      heading: at === 0 ? editorText.samples : undefined,
      run: () => openDocument(freeDocumentName(sample.file), sample.text),
    })),
  ]
  const documentItems = [
    { key: 'rename', label: editorText.rename(document.name), icon: <Pencil />, run: onRename },
    { key: 'download', label: editorText.download(document.name), icon: <Download />, run: () => downloadDocument(document) },
  ]
  return (
    <>
      <Menu
        className={styles.tool}
        label={<Plus aria-hidden="true" />}
        aria-label={editorText.add}
        tip={editorText.add}
        look="quiet"
        items={newItems}
      />
      <Menu
        className={styles.tool}
        label={<Ellipsis aria-hidden="true" />}
        aria-label={editorText.more(document.name)}
        tip={editorText.more(document.name)}
        look="quiet"
        items={documentItems}
      />
      <input
        ref={picker}
        type="file"
        hidden
        multiple
        accept=".yaml,.yml,.json,.txt"
        onChange={({ target }) => {
          void openFiles([...(target.files ?? [])])
          target.value = ''
        }}
      />
      <Button data-action="look-ahead" className={styles.lookAhead} aria-label={aheadText.ask} tip={aheadText.ask} onClick={onLookAhead}>
        <Telescope aria-hidden="true" />
        <span>{aheadText.ask}</span>
      </Button>
      <Button look="primary" data-action="apply" tip={editorText.applyKeys} aria-keyshortcuts="Control+Enter Meta+Enter" onClick={onApply}>
        <Play aria-hidden="true" />
        {editorText.apply}
      </Button>
    </>
  )
}
