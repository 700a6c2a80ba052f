import { useState } from 'react'
import type { Client } from '#protocol/client.ts'
import type { Prediction } from '#protocol/prediction.ts'
import type { Document } from '#state/documents.ts'
import { useProgress } from '../use-progress.ts'

/** A look ahead at a document: what was asked about, and what came of it. */
interface LookAhead {
  name: string
  text: string
  /** The request, while it is under way. */
  request: number | undefined
  found: Prediction | string | undefined
}

/** Asks what applying a document would do. `aheadMs` = cluster time that was looked ahead so far. Closing stops a look under way. */
export function useLookAhead(client: Client) {
  const [shown, setShown] = useState<LookAhead>()
  const progress = useProgress(client, shown?.request)
  const look = async ({ name, text }: Document) => {
    const { id, reply } = client.send('predict', { name, text })
    setShown({ name, text, request: id, found: undefined })
    const found = await reply.catch((error: unknown) => (error instanceof Error ? error.message : String(error)))
    // unless it was closed or asked again meanwhile
    setShown((now) => (now?.request === id ? { name, text, request: undefined, found } : now))
  }
  return { shown, aheadMs: progress?.done, look, close: () => setShown(undefined) }
}
