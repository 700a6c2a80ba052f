import type { Seen, WorkerMessage } from './messages.ts'
import type { Transport } from './transport.ts'

/** Transport over a Web Worker: each frame is acknowledged once it was taken. A worker that cannot start or throws is reported as a `failure` message. */
export function createWorkerTransport(worker: Worker): Transport {
  const listeners = new Set<(message: WorkerMessage) => void>()
  const tell = (message: WorkerMessage) => {
    for (const listener of listeners) listener(message)
  }
  worker.onmessage = ({ data }: MessageEvent<WorkerMessage>) => {
    tell(data)
    if (data.type === 'frame') worker.postMessage({ type: 'seen' } satisfies Seen)
  }
  worker.onerror = (event) => tell({ type: 'failure', message: event.message || 'the worker could not be started', action: '' })
  return {
    post: (request) => worker.postMessage(request),
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: () => {
      listeners.clear()
      worker.terminate()
    },
  }
}
