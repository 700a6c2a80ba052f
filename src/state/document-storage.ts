import { documentsStore } from './documents.ts'
import { readDocuments } from './stored-documents.ts'

/** Brings back the documents of the last visit, and keeps the present ones from now on. `onFull` is told when there is no room for them. */
export function keepDocuments(onFull: () => void): void {
  const stored = readDocuments()
  if (stored) documentsStore.setState({ documents: stored.documents.map((document) => ({ ...document, results: [] })), active: stored.active })
  void import('./share-documents.ts').then(({ shareDocuments }) => shareDocuments(stored, onFull))
}
