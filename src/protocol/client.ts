import type { Request, RequestError, RequestName, Requests, WorkerMessage } from './messages.ts'
import type { Transport } from './transport.ts'

/** A request that the worker refused. */
export class RequestFailed extends Error {
  readonly line: number | undefined

  constructor(error: RequestError) {
    super(error.message)
    this.name = 'RequestFailed'
    this.line = error.line
  }
}

/** A sent request: its answer, and its id (`shellId` of the output it streams, what `interrupt` names). */
export interface Sent<N extends RequestName> {
  id: number
  reply: Promise<Requests[N]['out']>
}

/** The engine as the page sees it. */
export interface Client {
  /** Rejects with `RequestFailed` when the worker refuses, and when the client was closed or the engine was lost. */
  request<N extends RequestName>(type: N, input: Requests[N]['in']): Promise<Requests[N]['out']>
  send<N extends RequestName>(type: N, input: Requests[N]['in']): Sent<N>
  /** Everything that is not a reply. */
  subscribe(listener: (message: Exclude<WorkerMessage, { type: 'reply' }>) => void): () => void
  /** Begins with a new engine, in place of one that was lost; what waits for an answer of the old one is rejected. */
  restart(): void
  close(): void
}

interface Waiting {
  resolve(result: unknown): void
  reject(error: Error): void
}

/** Joins requests and replies by id over a transport. */
export function createClient(transport: Transport): Client {
  const waiting = new Map<number, Waiting>()
  const listeners = new Set<(message: Exclude<WorkerMessage, { type: 'reply' }>) => void>()
  let lastId = 0
  let isLost = false

  const rejectAll = () => {
    for (const request of waiting.values()) request.reject(new RequestFailed({ message: 'closed' }))
    waiting.clear()
  }

  const unsubscribe = transport.subscribe((message) => {
    if (message.type !== 'reply') {
      isLost ||= message.type === 'failure' && message.lost === true
      if (isLost) rejectAll()
      for (const listener of listeners) listener(message)
      return
    }
    const request = waiting.get(message.id)
    waiting.delete(message.id)
    if (message.ok) request?.resolve(message.result)
    else request?.reject(new RequestFailed(message.error))
  })

  const send: Client['send'] = (type, input) => {
    lastId += 1
    const id = lastId
    const reply = new Promise<unknown>((resolve, reject) => waiting.set(id, { resolve, reject }))
    if (isLost) rejectAll()
    else transport.post({ ...input, type, id } as unknown as Request)
    return { id, reply } as Sent<typeof type>
  }

  return {
    send,
    request: (type, input) => send(type, input).reply,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    restart: () => {
      rejectAll()
      isLost = false
      transport.restart()
    },
    close: () => {
      unsubscribe()
      transport.close()
      rejectAll()
    },
  }
}
