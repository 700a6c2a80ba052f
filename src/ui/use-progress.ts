import { useEffect, useState } from 'react'
import type { Client } from '#protocol/client.ts'
import type { Progress } from '#protocol/messages.ts'

/** How far the answer to a request is; undefined before the first word about it. With its asker the request goes, too. */
export function useProgress(client: Client, request: number | undefined): Progress | undefined {
  const [progress, setProgress] = useState<Progress>()
  useEffect(() => {
    if (request === undefined) return
    const unsubscribe = client.subscribe((message) => {
      if (message.type === 'progress' && message.id === request) setProgress(message)
    })
    return () => {
      unsubscribe()
      // nothing to withdraw when it was answered; a client that was closed has nothing to say to that
      client.request('withdraw', { request }).catch(() => undefined)
    }
  }, [client, request])
  return progress?.id === request ? progress : undefined
}
