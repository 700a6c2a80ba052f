import type { Frame } from '#protocol/messages.ts'
import { isEmptyDiff } from '#sim/diff.ts'
import type { Cluster } from '../cluster.ts'
import { failingProbes } from '../kubelet/failing-probes.ts'
import { stoppedKubelets } from '../kubelet/stopped-kubelets.ts'
import { journalSince, toObjectDiff, wholeCluster } from './frames.ts'
import { GhostBoard } from './ghosts.ts'
import { nextChange } from './next-change.ts'

/** What a frame tells beside the cluster. */
interface Shown {
  readonly playing: boolean
  readonly speed: number
  readonly progress: number | null
  readonly isBusy: boolean
  readonly open: { readonly history: { readonly canUndo: boolean; readonly canRedo: boolean } }
}

/** Makes the frames of one cluster: what changed since the last one. */
export class Director {
  private readonly cluster: Cluster
  private readonly ghosts: GhostBoard
  private started = false
  private lastEntry = 0
  private stopped = ''
  private failing = ''
  private shown = ''
  private nextChangeAtMs: number | null = null
  private lookedAtRevision = -1

  constructor(cluster: Cluster) {
    this.cluster = cluster
    this.ghosts = new GhostBoard(cluster)
  }

  /** When an object next changes by itself; null = nothing is due, or not looked at while work moves the cluster. */
  nextChange(session: Shown): number | null {
    if (session.isBusy) return null
    if (this.lookedAtRevision !== this.cluster.revision || (this.nextChangeAtMs !== null && this.nextChangeAtMs <= this.cluster.nowMs)) {
      this.nextChangeAtMs = nextChange(this.cluster)
      this.lookedAtRevision = this.cluster.revision
    }
    return this.nextChangeAtMs
  }

  /** The next frame, or undefined when nothing changed. `reset` = time was turned: everything is sent anew. */
  frame(session: Shown, reset: boolean): Frame | undefined {
    const { cluster } = this
    const { core } = cluster
    const whole = reset || !this.started
    const taken = core.takeChanges()
    const changes = whole ? wholeCluster(cluster) : taken
    const moved = whole || !isEmptyDiff(taken)
    this.started = true
    const { nowMs } = cluster
    const nextChangeAtMs = this.nextChange(session)
    const { canUndo, canRedo } = session.open.history
    const failing = failingProbes(cluster)
    const failingText = failing.join()
    // a frame that only moves the clock is not worth more than ten a second
    const state = JSON.stringify([
      Math.floor(nowMs / (100 * Math.max(1, session.speed))),
      session.playing,
      session.speed,
      nextChangeAtMs,
      canUndo,
      canRedo,
      session.progress,
      failingText,
    ])
    if (!moved && state === this.shown) return undefined
    this.shown = state
    const journal = journalSince(cluster, whole ? 0 : this.lastEntry)
    this.lastEntry = core.state.journal.nextId - 1
    const ghosts = moved ? this.ghosts.update(changes, whole) : undefined
    const stopped = stoppedKubelets(cluster)
    const stoppedText = stopped.join()
    const stoppedChanged = whole || stoppedText !== this.stopped
    this.stopped = stoppedText
    const failingChanged = whole || failingText !== this.failing
    this.failing = failingText
    return {
      type: 'frame',
      ...(whole && { reset: true as const }),
      atMs: nowMs,
      epochMs: core.epochNow(),
      playing: session.playing,
      speed: session.speed,
      nextChangeAtMs,
      progress: session.progress,
      canUndo,
      canRedo,
      diff: toObjectDiff(changes),
      ...(ghosts && { ghosts }),
      ...journal,
      ...(stoppedChanged && { stoppedKubelets: stopped }),
      ...(failingChanged && { failingProbes: failing }),
    }
  }
}
