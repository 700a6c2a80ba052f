import type { EventType, ObjectReference } from '#k8s/types.ts'

/** One event that is counted: what it says, where it is stored, how often it happened (also when that was not told to the server). */
export interface SeenEvent {
  readonly text: string
  readonly fieldPath: string | undefined
  /** undefined while it was only counted. */
  readonly eventKey: string | undefined
  readonly count: number
  readonly firstTimestamp: string
  readonly atMs: number
}

/** Events of one type, reason and action about one object, from one source. */
export interface EventGroup {
  readonly type: EventType
  readonly reason: string
  readonly action: string | undefined
  /** In a series: the object as it was. */
  readonly resourceVersion: string | undefined
  readonly seen: readonly SeenEvent[]
  /** What further texts are folded into. */
  readonly folded: SeenEvent | undefined
  /** Start of the window in which different texts are counted. */
  readonly windowMs: number
  readonly lastMs: number
}

/** What a source remembers of one object. Immutable. */
export interface ObjectMemory {
  /** Spam filter: events it may still record, and when that was counted. */
  readonly tokens: number
  readonly atMs: number
  readonly groups: readonly EventGroup[]
  /** How the last stored Event names the object; the next one often names it the same. */
  readonly reference: ObjectReference | undefined
}

/** Memory of the event recorders: by source and object, in order of last use; the oldest are forgotten (LRU). */
export interface RecorderState {
  objects: Map<string, ObjectMemory>
  nextName: number
  /** Walks over `objects` as they are forgotten: a walk that began anew would pass all the places that have become empty. Not copied. */
  oldest?: Iterator<string>
}

export function createRecorderState(): RecorderState {
  return { objects: new Map(), nextName: 1 }
}

export function copyRecorderState({ objects, nextName }: RecorderState): RecorderState {
  return { objects: new Map(objects), nextName }
}
