import { closeDocument, documentsStore, renameDocument } from './documents.ts'
import { mergeDocuments, type Texts } from './merge-documents.ts'
import { isStored, writeStored } from './storage.ts'
import { documentsKey, readDocuments, type StoredDocument, type StoredDocuments } from './stored-documents.ts'

const paceMs = 400

const textsOf = (documents: readonly StoredDocument[]): Texts => new Map(documents.map(({ name, text }) => [name, text]))

const areEqual = (a: Texts, b: Texts) => a.size === b.size && [...a].every(([name, text]) => b.get(name) === text)

/**
 * Shows the documents as these; what was applied of one, and what came of it, stays as long as its text does. One that is gone while its
 * text came under a new name was renamed.
 */
function show(texts: Texts): void {
  const { documents: before } = documentsStore.getState()
  for (const { name, text } of before) {
    if (texts.has(name)) continue
    const known = textsOf(documentsStore.getState().documents)
    const [to] = [...texts].find(([other, same]) => same === text && !known.has(other)) ?? []
    if (to === undefined) closeDocument(name)
    else renameDocument(name, to)
  }
  documentsStore.setState(({ documents, active }) => {
    const known = textsOf(documents)
    const shown = documents.map((document) => {
      const text = texts.get(document.name) ?? document.text
      return document.text === text ? document : { ...document, text, results: [] }
    })
    const added = [...texts].filter(([name]) => !known.has(name)).map(([name, text]) => ({ name, text, results: [] }))
    return { documents: [...shown, ...added], active: texts.has(active) ? active : ([...texts.keys()][0] ?? '') }
  })
}

/**
 * Keeps the documents where storage is allowed, soon after each change and before the page goes. Windows of one browser have the same
 * ones: what is written in another window appears here, and neither takes from the other what it wrote. `stored` is what the page
 * began with; `onFull` is told when there is no room for what is to be kept.
 */
export function shareDocuments(stored: StoredDocuments | undefined, onFull: () => void): void {
  let shared = textsOf(stored?.documents ?? [])
  let shown = stored?.active ?? ''
  let isFull = false
  let timer: ReturnType<typeof setTimeout> | undefined

  const takeOthers = () => {
    const others = readDocuments()
    if (!others) return
    const theirs = textsOf(others.documents)
    const ours = textsOf(documentsStore.getState().documents)
    const merged = mergeDocuments(shared, ours, theirs)
    shared = theirs
    if (!areEqual(merged, ours)) show(merged)
  }
  const write = () => {
    clearTimeout(timer)
    timer = undefined
    if (documentsStore.getState().active === shown && areEqual(textsOf(documentsStore.getState().documents), shared)) return
    takeOthers()
    const { documents, active } = documentsStore.getState()
    const became = writeStored(documentsKey, JSON.stringify({ documents: documents.map(({ name, text }) => ({ name, text })), active }))
    if (became === 'stored') {
      shared = textsOf(documents)
      shown = active
    } else if (became === 'full' && !isFull) onFull()
    isFull = became === 'full'
  }
  const soon = () => {
    timer ??= setTimeout(write, paceMs)
  }

  documentsStore.subscribe(soon)
  addEventListener('storage', (event) => {
    if (isStored(event, documentsKey)) takeOthers()
  })
  addEventListener('pagehide', write)
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') write()
  })
  // what was written since the page began to load was told to nobody here
  takeOthers()
  soon()
}
