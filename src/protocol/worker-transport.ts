import type { Seen, WorkerMessage } from './messages.ts'
import type { Transport } from './transport.ts'

/**
 * Transport over a Web Worker: each frame is acknowledged once it was taken. A worker that cannot start or throws is ended and reported as
 * a `failure` message: nobody knows what state it is in. `start` makes it, and another one on `restart`.
 */
export function createWorkerTransport(start: () => Worker): Transport {
  const listeners = new Set<(message: WorkerMessage) => void>()
  const tell = (message: WorkerMessage) => {
    for (const listener of listeners) listener(message)
  }
  const begin = () => {
    const begun = start()
    begun.onmessage = ({ data }: MessageEvent<WorkerMessage>) => {
      tell(data)
      if (data.type === 'frame') begun.postMessage({ type: 'seen' } satisfies Seen)
    }
    begun.onerror = ({ message }) => {
      begun.terminate()
      tell({ type: 'failure', message: message || 'the worker could not be started', action: '', lost: true })
    }
    return begun
  }
  let worker = begin()
  return {
    post: (request) => worker.postMessage(request),
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    restart: () => {
      worker.terminate()
      worker = begin()
    },
    close: () => {
      listeners.clear()
      worker.terminate()
    },
  }
}
