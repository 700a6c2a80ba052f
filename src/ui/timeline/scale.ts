/** A time axis on which quiet stretches are folded: a gap takes room as its logarithm, so that bursts stay readable beside minutes of nothing. */
export interface FoldedScale {
  /** Share of the axis, 0 … 1. */
  at(ms: number): number
  /** Where a time is written; never the same second twice. On a short axis there is room only for the major ones. */
  ticks: { ms: number; share: number; major: boolean }[]
}

const roomOf = (gapMs: number) => Math.log2(1 + gapMs / 400)
const tickGap = 0.13
const majorGap = 0.3

/** The scale over these moments (ascending) up to `endMs`. */
export function createFoldedScale(moments: readonly number[], endMs: number): FoldedScale {
  const stops: number[] = [0]
  const rooms: number[] = [0]
  let room = 0
  for (const ms of [...moments, endMs]) {
    const last = stops.at(-1) ?? 0
    if (ms <= last) continue
    room += roomOf(ms - last)
    stops.push(ms)
    rooms.push(room)
  }
  const total = Math.max(room, roomOf(30_000))
  const at = (ms: number) => {
    let low = 0
    let high = stops.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((stops[middle] ?? 0) <= ms) low = middle
      else high = middle - 1
    }
    return ((rooms[low] ?? 0) + roomOf(Math.max(0, ms - (stops[low] ?? 0)))) / total
  }
  const ticks: FoldedScale['ticks'] = []
  let nextMajor = 0
  for (const ms of stops) {
    const share = at(ms)
    const last = ticks.at(-1)
    const isNewSecond = !last || Math.floor(ms / 1000) > Math.floor(last.ms / 1000)
    if (isNewSecond && (!last || share - last.share >= tickGap) && share < 0.95) {
      const major = share >= nextMajor && share <= 1 - majorGap
      if (major) nextMajor = share + majorGap
      ticks.push({ ms, share, major })
    }
  }
  return { at, ticks }
}
