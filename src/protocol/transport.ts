import type { Request, WorkerMessage } from './messages.ts'

/** The way to an engine: a Worker, or a loopback in the same thread. */
export interface Transport {
  post(request: Request): void
  /** Calls `listener` for every message; returns how to stop that. */
  subscribe(listener: (message: WorkerMessage) => void): () => void
  /** Begins with a new engine, in place of one that was lost. */
  restart(): void
  close(): void
}
