/** Memory of the event recorders, as plain data. Maps are in order of last use; the oldest entries are forgotten (LRU). */
export interface RecorderState {
  /** Identical events: key to the stored Event's key in its table. */
  identical: Map<string, string>
  /** Similar events (all but the text): texts seen, and when last. */
  similar: Map<string, { texts: string[]; lastMs: number }>
  /** Spam filter: tokens left per source and object, and when counted. */
  spam: Map<string, { tokens: number; atMs: number }>
  nextName: number
}

export function createRecorderState(): RecorderState {
  return { identical: new Map(), similar: new Map(), spam: new Map(), nextName: 1 }
}
