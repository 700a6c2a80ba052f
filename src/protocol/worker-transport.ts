import { createAnswerWatch } from './answer-watch.ts'
import type { Alive, Seen, WorkerMessage } from './messages.ts'
import type { Transport } from './transport.ts'

/** Between two looks whether the worker still answers. */
const beatMs = 2000

/**
 * Transport over a Web Worker: each frame is acknowledged once it was taken. A worker that cannot start or throws is ended and reported as
 * a `failure` message: nobody knows what state it is in. One that says nothing for long while the page is seen is reported as `silence`.
 * `start` makes it, and another one on `restart`.
 */
export function createWorkerTransport(start: () => Worker, isSeen: () => boolean = () => !document.hidden): Transport {
  const listeners = new Set<(message: WorkerMessage) => void>()
  const tell = (message: WorkerMessage) => {
    for (const listener of listeners) listener(message)
  }
  /** From its first word until it is ended. */
  let isThere = false
  const watch = createAnswerWatch(
    () => worker.postMessage({ type: 'alive' } satisfies Alive),
    (silent) => tell({ type: 'silence', silent }),
  )
  const begin = () => {
    const begun = start()
    begun.onmessage = ({ data }: MessageEvent<WorkerMessage>) => {
      isThere = true
      watch.heard()
      if (data.type === 'alive') return
      tell(data)
      if (data.type === 'frame') begun.postMessage({ type: 'seen' } satisfies Seen)
    }
    begun.onerror = ({ message }) => {
      end(begun)
      tell({ type: 'failure', message: message || 'the worker could not be started', action: '', lost: true })
    }
    return begun
  }
  const end = (ended: Worker) => {
    ended.terminate()
    isThere = false
    watch.heard()
  }
  let worker = begin()
  const timer = setInterval(() => (isThere && isSeen() ? watch.beat() : watch.forget()), beatMs)
  return {
    post: (request) => worker.postMessage(request),
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    restart: () => {
      end(worker)
      worker = begin()
    },
    close: () => {
      listeners.clear()
      clearInterval(timer)
      worker.terminate()
    },
  }
}
