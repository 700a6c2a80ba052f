import type { Client } from '#protocol/client.ts'
import { documentsStore, setApplyResults } from '#state/documents.ts'
import { complain } from './run-command.ts'

/** Applies a document of the editor as `kubectl apply -f name`; how it went is kept beside it, line by line. */
export async function applyDocument(client: Client, name: string): Promise<void> {
  const document = documentsStore.getState().documents.find((one) => one.name === name)
  if (!document) return
  try {
    const { results } = await client.request('apply', { name, text: document.text, echo: true })
    setApplyResults(name, document.text, results)
  } catch (error) {
    complain(error)
  }
}
