import type { EventSource, EventType, KubeEvent, ObjectReference } from '#k8s/types.ts'

/**
 * One text of a source about an object, and how often it said it (also when the server was not told). A text into which others are
 * folded is one too. Immutable.
 */
export interface SaidEvent {
  readonly type: EventType
  readonly reason: string
  readonly action: string | undefined
  /** In a series: the object as it was. */
  readonly resourceVersion: string | undefined
  readonly text: string
  readonly fieldPath: string | undefined
  /** As it was written last; undefined while it was only counted. */
  readonly event: KubeEvent | undefined
  readonly count: number
  readonly firstTimestamp: string
  readonly atMs: number
  /** When the counting of different texts of this type, reason and action had begun. */
  readonly windowMs: number
  readonly isFolded: boolean
}

/** What a source remembers of one object. Immutable. */
export interface ObjectMemory {
  /** Spam filter: events it may still record, and when that was counted. */
  readonly tokens: number
  readonly atMs: number
  /** Oldest first. */
  readonly said: readonly SaidEvent[]
  /** How the last Event names the object and its source; the next one often names them the same. */
  readonly reference: ObjectReference | undefined
  readonly source: EventSource | undefined
  /** Said more since it was filed: it is filed anew before it is forgotten. */
  readonly isUsed: boolean
}

/** Memory of the event recorders, by source and object, as filed. Who was not used for long is forgotten, as upstream's LRU does. */
export interface RecorderState {
  objects: Map<string, ObjectMemory>
  nextName: number
  /** Walks over `objects` as they are forgotten: a walk that began anew would pass all the places that have become empty. Not copied. */
  oldest?: Iterator<[string, ObjectMemory]>
}

export function createRecorderState(): RecorderState {
  return { objects: new Map(), nextName: 1 }
}

export function copyRecorderState({ objects, nextName }: RecorderState): RecorderState {
  return { objects: new Map(objects), nextName }
}
