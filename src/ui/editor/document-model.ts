import { monaco } from './monaco.ts'

const authority = 'documents'
const uriOf = (name: string) => monaco.Uri.from({ scheme: 'inmemory', authority, path: `/${name}` })
const places = new Map<string, monaco.editor.ICodeEditorViewState>()

/**
 * Monaco's side of a document: its text with its history of changes. It outlives the panel. Text that came from elsewhere (`kubectl edit`,
 * a sample) is put in as a change, so that it can be undone.
 */
export function documentModel(name: string, text: string): monaco.editor.ITextModel {
  const uri = uriOf(name)
  const model = monaco.editor.getModel(uri)
  if (!model) return monaco.editor.createModel(text, 'yaml', uri)
  if (model.getValue() !== text) {
    model.pushStackElement()
    model.pushEditOperations([], [{ range: model.getFullModelRange(), text }], () => null)
    model.pushStackElement()
  }
  return model
}

/** Shows another document where it was last left. */
export function showModel(editor: monaco.editor.ICodeEditor, model: monaco.editor.ITextModel): void {
  if (editor.getModel() === model) return
  leaveModel(editor)
  editor.setModel(model)
  editor.restoreViewState(places.get(model.uri.path) ?? null)
}

/** Remembers where in its document an editor is. */
export function leaveModel(editor: monaco.editor.ICodeEditor): void {
  const left = editor.getModel()
  const place = editor.saveViewState()
  if (left && place) places.set(left.uri.path, place)
}

/** Forgets the documents that are no longer open. */
export function keepModels(names: readonly string[]): void {
  const open = new Set(names.map((name) => uriOf(name).path))
  for (const model of monaco.editor.getModels()) {
    if (model.uri.authority !== authority || open.has(model.uri.path)) continue
    places.delete(model.uri.path)
    model.dispose()
  }
}
