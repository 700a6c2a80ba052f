import type { EventType, ObjectReference } from '#k8s/types.ts'

/** Events of one type, reason, field (and, in a series, action) about one object, from one source. */
export interface EventGroup {
  readonly type: EventType
  readonly reason: string
  readonly fieldPath: string | undefined
  readonly action: string | undefined
  /** Different texts seen in the window, each with the key of its stored Event; the 10th entry stands for all further texts. */
  readonly texts: readonly (readonly [text: string, eventKey: string])[]
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
}

export function createRecorderState(): RecorderState {
  return { objects: new Map(), nextName: 1 }
}

export function copyRecorderState({ objects, nextName }: RecorderState): RecorderState {
  return { objects: new Map(objects), nextName }
}
