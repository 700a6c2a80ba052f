import * as v from 'valibot'
import { documentsStore } from './documents.ts'
import { readStored, writeStored } from './storage.ts'

const schema = v.object({ documents: v.array(v.object({ name: v.string(), text: v.string() })), active: v.string() })
const paceMs = 400

/** Brings back the documents of the last visit, and keeps the present ones from now on. Returns how to stop that. */
export function keepDocuments(): () => void {
  try {
    const result = v.safeParse(schema, JSON.parse(readStored('documents') ?? '{}'))
    if (result.success) {
      const { documents, active } = result.output
      documentsStore.setState({ documents: documents.map((document) => ({ ...document, results: [] })), active })
    }
  } catch {
    // What is stored cannot be read: it is written anew with the first change.
  }
  let timer: ReturnType<typeof setTimeout> | undefined
  const write = () => {
    timer = undefined
    const { documents, active } = documentsStore.getState()
    writeStored('documents', JSON.stringify({ documents: documents.map(({ name, text }) => ({ name, text })), active }))
  }
  const unsubscribe = documentsStore.subscribe(() => {
    timer ??= setTimeout(write, paceMs)
  })
  return () => {
    unsubscribe()
    clearTimeout(timer)
  }
}
