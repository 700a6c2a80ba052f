import { tooMuchText } from '#k8s/text-limits.ts'
import { type Document, documentsStore } from '#state/documents.ts'
import { changedPart } from './changed-part.ts'
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

/** The model of the document that had another name, here or in another window: it has this text, and its own name is gone. */
function renamedModel(to: string, text: string): monaco.editor.ITextModel | undefined {
  const names = new Set(documentsStore.getState().documents.map(({ name }) => name))
  for (const [name, model] of models) {
    if (names.has(name) || model.getValue() !== text) continue
    models.delete(name)
    models.set(to, model)
    return model
  }
  return undefined
}

/**
 * Monaco's side of a document: its text with its history of changes. It outlives the panel. Text that came from elsewhere (`kubectl edit`,
 * a sample, another window) is put in as a change of what is different, so that it can be undone and the cursor stays with its text.
 */
export function documentModel(name: string, text: string): monaco.editor.ITextModel {
  const known = models.get(name) ?? renamedModel(name, text)
  if (!known) made += 1
  const model = known ?? createModel(text, monaco.Uri.from({ scheme: 'inmemory', authority: 'documents', path: `/${made}.yaml` }))
  models.set(name, model)
  if (model.getValue() !== text) {
    model.pushStackElement()
    const { start, end, replacement } = changedPart(model.getValue(), text)
    const range = monaco.Range.fromPositions(model.getPositionAt(start), model.getPositionAt(end))
    model.pushEditOperations([], [{ range, text: replacement }], () => null)
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

/** Forgets the documents that are no longer open. */
export function keepModels(documents: readonly Document[]): void {
  const names = documents.map(({ name }) => name)
  for (const { name, text } of documents) if (!models.has(name)) renamedModel(name, text)
  for (const [name, model] of models) {
    if (names.includes(name)) continue
    models.delete(name)
    model.dispose()
  }
}
