import { type DragEvent, useEffect, useState } from 'react'
import type { Lint } from '#protocol/lint.ts'
import { type Document, documentsStore, editDocument, renameDocument, showDocument } from '#state/documents.ts'
import { notify } from '#state/session.ts'
import { useDocuments } from '#state/use-store.ts'
import { applyDocument } from '../actions/apply-document.ts'
import { goToTerminal } from '../actions/go-to-panel.ts'
import { editorText } from '../text/editor.ts'
import { AheadPanel } from './AheadPanel.tsx'
import { CodeEditor } from './CodeEditor.tsx'
import { DocumentTabs } from './DocumentTabs.tsx'
import { closeWithUndo, openFiles } from './document-files.ts'
import { keepModels } from './document-model.ts'
import styles from './EditorPanel.module.css'
import { EditorTools } from './EditorTools.tsx'
import { HintList } from './HintList.tsx'
import { RenameField } from './RenameField.tsx'
import { ResultList } from './ResultList.tsx'
import type { EditorPanelProps } from './types.ts'
import { useLookAhead } from './use-look-ahead.ts'
import type { Problem } from './watch-problems.ts'

// the same each time: what follows from results would be done anew with every key
const noResults: Document['results'] = []

/** The manifest editor: documents as tabs, Monaco, and what the API server said about the last apply. */
export function EditorPanel({ client, takesFocus = false }: EditorPanelProps) {
  const documents = useDocuments((state) => state.documents)
  const active = useDocuments((state) => state.active)
  const [reveal, setReveal] = useState(takesFocus ? { line: 1 } : undefined)
  const [hints, setHints] = useState<readonly Lint[]>([])
  const [problems, setProblems] = useState<readonly Problem[]>([])
  const [said, setSaid] = useState({ cursor: '', canvas: '' })
  const [fix, setFix] = useState<{ hint: Lint }>()
  const [renaming, setRenaming] = useState<string>()
  const [tabLeaves, setTabLeaves] = useState<boolean>()
  const { shown: ahead, aheadMs, look, close } = useLookAhead(client)
  const open = documents.find((one) => one.name === active) ?? documents[0]
  const enter = useDocuments((state) => state.enter)
  const [entered, setEntered] = useState<string>()
  useEffect(() => {
    if (!enter) return
    documentsStore.setState({ enter: false })
    setReveal({ line: 1 })
    setEntered(active)
  }, [enter, active])
  useEffect(() => keepModels(documents), [documents])
  if (!open) return null
  // what was said is about the text that was applied
  const results = open.text === open.appliedText ? open.results : noResults
  const apply = () => {
    close()
    setEntered(undefined)
    void applyDocument(client, open.name)
  }
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
        <EditorTools document={open} onRename={() => setRenaming(open.name)} onLookAhead={() => void look(open)} onApply={apply} />
      </div>
      {renaming === open.name && (
        <RenameField
          name={open.name}
          taken={documents.map((document) => document.name)}
          onDone={(name, wish) => {
            setRenaming(undefined)
            if (name === undefined) return
            if (name !== wish) notify('info', editorText.renamedOtherwise(wish, name))
            renameDocument(open.name, name)
          }}
        />
      )}
      <CodeEditor
        client={client}
        name={open.name}
        text={open.text}
        results={results}
        reveal={reveal}
        fix={fix}
        onExamined={({ lints }) => setHints(lints)}
        onProblems={setProblems}
        onSaid={(about, text) => setSaid((now) => (now[about] === text ? now : { ...now, [about]: text }))}
        onChange={(text) => editDocument(open.name, text)}
        onApply={apply}
        onTabFocus={(leaves) => {
          setTabLeaves(leaves)
          setEntered(undefined)
        }}
        onLeave={() => {
          setEntered(undefined)
          goToTerminal.run({ client })
        }}
      />
      <div className={styles.drawer}>
        {ahead?.name === open.name && <AheadPanel found={ahead.found} aheadMs={aheadMs} stale={ahead.text !== open.text} onClose={close} />}
        <HintList
          hints={hints}
          problems={problems}
          said={said.canvas || said.cursor}
          onShow={(line) => setReveal({ line })}
          onFix={(hint) => setFix({ hint })}
        />
        <ResultList results={results} onShow={(line) => setReveal({ line })} />
      </div>
      <p role="status" className={tabLeaves || entered === open.name ? styles.status : 'visually-hidden'}>
        {entered === open.name
          ? editorText.entered(open.name)
          : tabLeaves !== undefined && (tabLeaves ? editorText.tabLeavesNow : editorText.tabIndentsNow)}
      </p>
    </div>
  )
}
