import { useState } from 'react'
import type { Client } from '#protocol/client.ts'
import type { Prediction } from '#protocol/prediction.ts'
import type { Document } from '#state/documents.ts'

/** A look ahead at a document: what was asked about, and what came of it. */
interface LookAhead {
  name: string
  text: string
  found: Prediction | string | undefined
}

/** Asks what applying a document would do. */
export function useLookAhead(client: Client) {
  const [shown, setShown] = useState<LookAhead>()
  const look = async ({ name, text }: Document) => {
    const asked: LookAhead = { name, text, found: undefined }
    setShown(asked)
    const found = await client.request('predict', { name, text }).catch((error: unknown) => (error instanceof Error ? error.message : String(error)))
    // unless it was closed or asked again meanwhile
    setShown((now) => (now === asked ? { ...asked, found } : now))
  }
  return { shown, look, close: () => setShown(undefined) }
}
