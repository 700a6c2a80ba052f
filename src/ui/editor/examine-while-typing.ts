import type { Client } from '#protocol/client.ts'
import type { Examination } from '#protocol/examination.ts'
import { clusterStore } from '#state/cluster.ts'
import { forgetLints, showLints } from './lint-markers.ts'
import type { monaco } from './monaco.ts'

const typingPauseMs = 300
/** The cluster may change many times a second. */
const clusterPauseMs = 1000
const nothing: Examination = { lints: [], mentions: [], objects: [] }

/**
 * Asks what an editor's text says, a moment after it was typed and when the cluster changes; shows the hints at their lines. `onFound` gets
 * every answer that is still about the shown text, and at once an empty one when another document is shown. Returns how to stop.
 */
export function examineWhileTyping(editor: monaco.editor.ICodeEditor, client: Client, onFound: (found: Examination) => void): monaco.IDisposable {
  let timer: ReturnType<typeof setTimeout> | undefined
  let dueMs = Number.POSITIVE_INFINITY
  const ask = async () => {
    dueMs = Number.POSITIVE_INFINITY
    const model = editor.getModel()
    if (!model) return
    const version = model.getVersionId()
    // a worker that is closing answers nothing
    const found = await client.request('examine', { text: model.getValue() }).catch(() => nothing)
    if (model.isDisposed() || model.getVersionId() !== version) return
    showLints(model, found.lints)
    if (editor.getModel() === model) onFound(found)
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
    if (model) forgetLints(model)
    askIn(typingPauseMs, true)
  }
  const shown = () => {
    onFound(nothing)
    typed()
  }
  const changes = [editor.onDidChangeModelContent(typed), editor.onDidChangeModel(shown)]
  const stopWatching = clusterStore.subscribe(({ tables }, before) => {
    if (tables !== before.tables) askIn(clusterPauseMs, false)
  })
  typed()
  return {
    dispose: () => {
      clearTimeout(timer)
      for (const change of changes) change.dispose()
      stopWatching()
    },
  }
}
