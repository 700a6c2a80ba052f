import { createStore } from 'zustand/vanilla'
import type { Frame } from '#protocol/messages.ts'

/** Cluster time as of the last frame, with the moment that frame came in: what is shown in between is worked out from both. */
export interface ClockState {
  atMs: number
  epochMs: number
  /** `performance.now()` when the frame came in. */
  receivedAt: number
  playing: boolean
  speed: number
  nextChangeAtMs: number | null
  progress: number | null
  canUndo: boolean
  canRedo: boolean
}

export const clockStore = createStore<ClockState>(() => ({
  atMs: 0,
  epochMs: 0,
  receivedAt: 0,
  playing: false,
  speed: 1,
  nextChangeAtMs: null,
  progress: null,
  canUndo: false,
  canRedo: false,
}))

export function nextClock(frame: Frame, receivedAt: number): ClockState {
  const { atMs, epochMs, playing, speed, nextChangeAtMs, progress, canUndo, canRedo } = frame
  return { atMs, epochMs, receivedAt, playing, speed, nextChangeAtMs, progress, canUndo, canRedo }
}

/** Cluster time now, in milliseconds since its start: runs on between two frames, but never past the next change. */
export function presentMs(clock: ClockState, wallNow: number): number {
  if (!clock.playing || clock.progress !== null) return clock.atMs
  const running = clock.atMs + Math.max(0, wallNow - clock.receivedAt) * clock.speed
  return clock.nextChangeAtMs === null ? running : Math.min(running, Math.max(clock.nextChangeAtMs, clock.atMs))
}

/** The same moment as milliseconds since the Unix epoch. */
export function presentEpochMs(clock: ClockState, wallNow: number): number {
  return clock.epochMs - clock.atMs + presentMs(clock, wallNow)
}

export const speeds = [0.5, 1, 2, 4, 10, 30, 100] as const
