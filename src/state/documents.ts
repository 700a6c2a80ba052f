import { createStore } from 'zustand/vanilla'
import type { ApplyResult } from '#protocol/apply-result.ts'

/** A file in the editor: one or several YAML documents. */
export interface Document {
  name: string
  text: string
  /** What was last applied; undefined = never. */
  appliedText?: string
  /** How the last apply went; cleared for the lines that are edited. */
  results: readonly ApplyResult[]
}

export interface DocumentsState {
  documents: readonly Document[]
  active: string
  /** Closed ones with text, the newest first, and where they were. */
  closed: readonly Closed[]
  /** The keyboard is to go on in the shown one. */
  enter: boolean
}

export interface Closed {
  document: Document
  at: number
}

/** So many closed ones are kept. */
const mostClosed = 5

export const documentsStore = createStore<DocumentsState>(() => ({ documents: [], active: '', closed: [], enter: false }))

const change = (name: string, part: Partial<Document>) =>
  documentsStore.setState((state) => ({
    documents: state.documents.map((document) => (document.name === name ? { ...document, ...part } : document)),
  }))

/** Opens a document, or replaces the text of the one with that name, and shows it. */
export function openDocument(name: string, text: string): void {
  documentsStore.setState((state) => {
    const known = state.documents.some((document) => document.name === name)
    const documents = known
      ? state.documents.map((document) => (document.name === name ? { ...document, text, results: [] } : document))
      : [...state.documents, { name, text, results: [] }]
    return { documents, active: name }
  })
}

export function editDocument(name: string, text: string): void {
  change(name, { text })
}

export function showDocument(name: string): void {
  documentsStore.setState({ active: name })
}

export function renameDocument(name: string, to: string): void {
  documentsStore.setState((state) => {
    if (to === '' || state.documents.some((document) => document.name === to)) return state
    return {
      documents: state.documents.map((document) => (document.name === name ? { ...document, name: to } : document)),
      active: state.active === name ? to : state.active,
    }
  })
}

export function closeDocument(name: string): void {
  documentsStore.setState((state) => {
    const at = state.documents.findIndex((document) => document.name === name)
    const document = state.documents[at]
    if (!document) return state
    const documents = state.documents.filter((other) => other !== document)
    const neighbour = documents[Math.min(at, documents.length - 1)]?.name ?? ''
    const closed = document.text.trim() === '' ? state.closed : [{ document, at }, ...state.closed].slice(0, mostClosed)
    return { documents, closed, active: state.active === name ? neighbour : state.active }
  })
}

/** Opens a closed document again where it was; under another name, when its own is taken meanwhile. */
export function reopenDocument(closed: Closed): void {
  const { at } = closed
  const name = freeDocumentName(closed.document.name)
  documentsStore.setState((state) => {
    if (!state.closed.includes(closed)) return state
    return {
      documents: [...state.documents.slice(0, at), { ...closed.document, name }, ...state.documents.slice(at)],
      closed: state.closed.filter((other) => other !== closed),
      active: name,
    }
  })
}

export function setApplyResults(name: string, appliedText: string, results: readonly ApplyResult[]): void {
  change(name, { appliedText, results })
}

const isOpen = (name: string): boolean => documentsStore.getState().documents.some((document) => document.name === name)

/** A name that is not taken yet: `manifest.yaml`, `manifest-2.yaml`, … */
export function freeDocumentName(wish: string, isTaken = isOpen): string {
  if (!isTaken(wish)) return wish
  const stem = wish.replace(/\.ya?ml$/, '')
  for (let number = 2; ; number += 1) {
    const name = `${stem}-${number}.yaml`
    if (!isTaken(name)) return name
  }
}

/** Name to text: what the terminal's `-f name` reads. */
export function documentFiles(): Record<string, string> {
  return Object.fromEntries(documentsStore.getState().documents.map((document) => [document.name, document.text]))
}
