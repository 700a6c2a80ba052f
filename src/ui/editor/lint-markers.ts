import type { Client } from '#protocol/client.ts'
import type { Lint, TextRange } from '#protocol/lint.ts'
import { clusterStore } from '#state/cluster.ts'
import { documentsStore } from '#state/documents.ts'
import { monaco } from './monaco.ts'

const owner = 'lint'
const typingPauseMs = 300
/** The cluster may change many times a second. */
const clusterPauseMs = 1000

/** What was found in the text a model has now. */
const found = new WeakMap<monaco.editor.ITextModel, readonly Lint[]>()

function showLints(model: monaco.editor.ITextModel, lints: readonly Lint[]): void {
  found.set(model, lints)
  const markers = lints.map((lint): monaco.editor.IMarkerData => {
    const range = rangeIn(model, lint)
    return {
      ...range,
      severity: lint.severity === 'warning' ? monaco.MarkerSeverity.Warning : monaco.MarkerSeverity.Info,
      message: lint.message,
      code: lint.rule,
      source: owner,
    }
  })
  monaco.editor.setModelMarkers(model, owner, markers)
}

const rangeIn = (model: monaco.editor.ITextModel, { line, column, endLine, endColumn }: TextRange) =>
  model.validateRange(new monaco.Range(line, column, endLine, endColumn))

/** Asks for hints about an editor's text, a moment after it was typed and when nodes come, go or change. Returns how to stop. */
export function lintWhileTyping(editor: monaco.editor.ICodeEditor, client: Client, onFound: (lints: readonly Lint[]) => void): monaco.IDisposable {
  let timer: ReturnType<typeof setTimeout> | undefined
  let dueMs = Number.POSITIVE_INFINITY
  const ask = async () => {
    dueMs = Number.POSITIVE_INFINITY
    const model = editor.getModel()
    if (!model) return
    const version = model.getVersionId()
    // a worker that is closing answers nothing
    const lints = await client.request('lint', { text: model.getValue() }).catch(() => [])
    if (model.isDisposed() || model.getVersionId() !== version) return
    showLints(model, lints)
    if (editor.getModel() === model) onFound(lints)
  }
  const askIn = (pauseMs: number, postpone: boolean) => {
    const atMs = performance.now() + pauseMs
    if (!postpone && atMs >= dueMs) return
    clearTimeout(timer)
    dueMs = atMs
    timer = setTimeout(() => void ask(), pauseMs)
  }
  const typed = () => {
    const model = editor.getModel()
    // fixes are of the text that was looked at
    if (model) found.delete(model)
    askIn(typingPauseMs, true)
  }
  const changes = [editor.onDidChangeModelContent(typed), editor.onDidChangeModel(typed)]
  const stopWatching = [
    clusterStore.subscribe(({ tables }, before) => {
      if (tables.Node !== before.tables.Node) askIn(clusterPauseMs, false)
    }),
    // what was applied is now there to be compared with
    documentsStore.subscribe(({ documents }, before) => {
      if (documents.some((one, at) => one.results !== before.documents[at]?.results)) askIn(typingPauseMs, false)
    }),
  ]
  typed()
  return {
    dispose: () => {
      clearTimeout(timer)
      for (const change of changes) change.dispose()
      for (const stop of stopWatching) stop()
    },
  }
}

/** Makes the edits of a hint's fix, unless the text is another by now. They can be undone. */
export function applyFix(editor: monaco.editor.ICodeEditor, lint: Lint): void {
  const model = editor.getModel()
  if (!model || !lint.fix || !found.get(model)?.includes(lint)) return
  editor.pushUndoStop()
  editor.executeEdits(
    owner,
    lint.fix.edits.map((edit) => ({ range: rangeIn(model, edit), text: edit.text })),
  )
  editor.pushUndoStop()
  editor.focus()
}

/** Offers the fixes of the hints at a place. Returns how to stop. */
export function offerFixes(): monaco.IDisposable {
  return monaco.languages.registerCodeActionProvider('yaml', {
    provideCodeActions(model, range, { markers }) {
      const here = (found.get(model) ?? []).filter((lint) => monaco.Range.areIntersectingOrTouching(rangeIn(model, lint), range))
      const actions = here.flatMap(({ fix, message }): monaco.languages.CodeAction[] => {
        if (!fix) return []
        const edits = fix.edits.map((edit) => ({
          resource: model.uri,
          versionId: model.getVersionId(),
          textEdit: { range: rangeIn(model, edit), text: edit.text },
        }))
        const diagnostics = markers.filter((marker) => marker.message === message)
        return [{ title: fix.title, kind: 'quickfix', diagnostics, isPreferred: true, edit: { edits } }]
      })
      return { actions, dispose: () => undefined }
    },
  })
}
