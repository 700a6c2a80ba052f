import { tooMuchText } from '#k8s/text-limits.ts'
import { hasEndlessAlias } from './endless-alias-text.ts'
import { monaco } from './monaco.ts'

/** By the document's name now. A model keeps its own address for life, so that a renamed document keeps its history. */
const models = new Map<string, monaco.editor.ITextModel>()
const places = new WeakMap<monaco.editor.ITextModel, monaco.editor.ICodeEditorViewState>()
let made = 0

/** Longer documents are shown without colours, markers and help, characters. */
const maxYamlLength = 200_000

/** A document too large or too deep for the YAML language's worker, or without end, is plain text to Monaco. */
const languageOf = (text: string) => (text.length > maxYamlLength || tooMuchText(text) || hasEndlessAlias(text) ? 'plaintext' : 'yaml')

function createModel(text: string, uri: monaco.Uri): monaco.editor.ITextModel {
  const model = monaco.editor.createModel(text, languageOf(text), uri)
  model.onDidChangeContent(() => {
    const language = languageOf(model.getValue())
    if (model.getLanguageId() !== language) monaco.editor.setModelLanguage(model, language)
  })
  return model
}

/**
 * Monaco's side of a document: its text with its history of changes. It outlives the panel. Text that came from elsewhere (`kubectl edit`,
 * a sample) is put in as a change, so that it can be undone.
 */
export function documentModel(name: string, text: string): monaco.editor.ITextModel {
  const known = models.get(name)
  if (!known) made += 1
  const model = known ?? createModel(text, monaco.Uri.from({ scheme: 'inmemory', authority: 'documents', path: `/${made}.yaml` }))
  models.set(name, model)
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
  editor.restoreViewState(places.get(model) ?? null)
}

/** Remembers where in its document an editor is. */
export function leaveModel(editor: monaco.editor.ICodeEditor): void {
  const left = editor.getModel()
  const place = editor.saveViewState()
  if (left && place) places.set(left, place)
}

/** The document of a model has another name from now on. */
export function renameModel(name: string, to: string): void {
  const model = models.get(name)
  if (!model || models.has(to)) return
  models.delete(name)
  models.set(to, model)
}

/** Forgets the documents that are no longer open. */
export function keepModels(names: readonly string[]): void {
  for (const [name, model] of models) {
    if (names.includes(name)) continue
    models.delete(name)
    model.dispose()
  }
}
