import type { Request, WorkerMessage } from './messages.ts'
import type { Transport } from './transport.ts'

/** An engine without a worker: takes requests and emits messages, in the same thread. */
export type Handler = (emit: (message: WorkerMessage) => void) => (request: Request) => void

/**
 * Same-thread transport for tests and Node. Both directions are delivered in later microtasks and copied, as a worker
 * would do it.
 */
export function createLoopback(handler: Handler): Transport {
  const listeners = new Set<(message: WorkerMessage) => void>()
  let open = true
  const begin = () =>
    handler((message) => {
      const copy = structuredClone(message)
      queueMicrotask(() => {
        if (open) for (const listener of listeners) listener(copy)
      })
    })
  let handle = begin()
  return {
    post: (request) => {
      const copy = structuredClone(request)
      queueMicrotask(() => {
        if (open) handle(copy)
      })
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    restart: () => {
      handle = begin()
    },
    close: () => {
      open = false
      listeners.clear()
    },
  }
}
