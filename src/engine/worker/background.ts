import type { Progress } from '#protocol/messages.ts'
import { Refusal } from './refusal.ts'

type Share = Omit<Progress, 'type' | 'id'>

/** An answer in the making: after a portion it may say how far it is. */
export type Finding<T> = Generator<Share | undefined, T>

interface Job {
  readonly id: number
  readonly kind: string
  readonly finding: Finding<unknown>
  toldAtMs: number
  resolve(found: unknown): void
  reject(reason: unknown): void
}

/** Wall time between two words about one job. */
const tellEveryMs = 100

/**
 * Questions whose answers take long, each worked on beside the clock, with a copy of the cluster that nobody else touches. Of each kind
 * only the newest is of interest: it takes the place of the one before.
 */
export class Background {
  private jobs: Job[] = []
  private readonly tell: (progress: Progress) => void
  /** Told when there is something to do. */
  onBegin: () => void = () => undefined

  constructor(tell: (progress: Progress) => void) {
    this.tell = tell
  }

  get isBusy(): boolean {
    return this.jobs.length > 0
  }

  /** Begins to work on the answer to request `id`. Rejects with Refusal when it is withdrawn, and with what went wrong. */
  find<T>(kind: string, id: number, finding: Finding<T>): Promise<T> {
    this.drop((job) => job.kind === kind, 'another question took its place')
    return new Promise<T>((resolve, reject) => {
      this.jobs.push({ kind, id, finding, toldAtMs: 0, resolve: resolve as Job['resolve'], reject })
      this.onBegin()
    })
  }

  /** Nobody waits for this answer any more; unknown ids are ignored. */
  withdraw(id: number): void {
    this.drop((job) => job.id === id, 'it was stopped')
  }

  private drop(which: (job: Job) => boolean, why: string): void {
    const dropped = this.jobs.filter(which)
    this.jobs = this.jobs.filter((job) => !dropped.includes(job))
    for (const job of dropped) {
      job.finding.return(undefined)
      job.reject(new Refusal(why))
    }
  }

  /** Works on the oldest question until `isLate`, one portion at least; `nowMs` is wall time. */
  work(nowMs: number, isLate: () => boolean): void {
    for (let job = this.jobs[0]; job; job = this.jobs[0]) {
      this.goOn(job, nowMs)
      if (isLate()) return
    }
  }

  private goOn(job: Job, nowMs: number): void {
    try {
      const { done, value } = job.finding.next()
      if (!done) {
        this.report(job, value as Share | undefined, nowMs)
        return
      }
      job.resolve(value)
    } catch (error) {
      job.reject(error)
    }
    this.jobs = this.jobs.filter((other) => other !== job)
  }

  private report(job: Job, share: Share | undefined, nowMs: number): void {
    if (!share || nowMs - job.toldAtMs < tellEveryMs) return
    job.toldAtMs = nowMs
    this.tell({ type: 'progress', id: job.id, ...share })
  }
}
