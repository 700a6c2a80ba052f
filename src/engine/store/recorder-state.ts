import type { EventSource, EventType, KubeEvent, ObjectReference } from '#k8s/types.ts'
import { LastFoundMap } from '#sim/last-found-map.ts'
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
  /** In a series: repeats. */
  readonly count: number
  readonly firstTimestamp: string
  readonly atMs: number
  /** When the counting of different texts of this type, reason and action had begun. */
  readonly windowMs: number
  readonly isFolded: boolean
}

/** What a source remembers of one object. Only the recorder that owns it writes into it; any other writes into a copy. */
export interface ObjectMemory {
  readonly owner: object
  /** Spam filter: events it may still record, and when that was counted. */
  tokens: number
  atMs: number
  /** Oldest first; without those that wait to be filed. */
  said: readonly SaidEvent[]
  /** How the last Event names the object and its source; the next one often names them the same. Undefined before the first. */
  reference: ObjectReference | undefined
  source: EventSource | undefined
  /** Said more since it was filed: it is filed anew before it is forgotten. */
  isUsed: boolean
}

/** An event that was recorded, and is filed (counted, folded, written) when somebody looks. Immutable. */
export interface WaitingEvent {
  readonly memory: ObjectMemory
  readonly component: string
  readonly about: ObjectReference
  readonly type: EventType
  readonly reason: string
  readonly message: string
  readonly host: string | undefined
  readonly action: string | undefined
  readonly isSeries: boolean
  readonly atMs: number
  readonly timestamp: string
  /** Its namespace is going or gone: of it the server takes repeats of an Event that it has, and no new one (GC-6.1). */
  readonly isRefused: boolean
  /** Of the Event as it is written; 0 where the spam filter holds it back; undefined where filing it shows whether it is written. */
  readonly resourceVersion: number | undefined
}

/** Memory of the event recorders. Who was not used for long is forgotten, as upstream's LRU does. */
export interface RecorderState {
  /** What one copy of this state may write into. */
  owner: object
  /** By component, then by the object. */
  memories: Map<string, Memories>
  waiting: WaitingEvent[]
  nextName: number
  /** Components for whose series a pass is planned. */
  planned: Set<string>
}

/** What one component remembers, by the uid of the object (or kind, namespace and name), as filed. */
export interface Memories {
  objects: Map<string, ObjectMemory>
  /** Walks over `objects` as they are forgotten: a walk that began anew would pass all the places that have become empty. Not copied. */
  oldest: Iterator<string> | undefined
  /** Where that walk stands, if it has not passed there. Not copied. */
  first: string | undefined
}

export function createRecorderState(): RecorderState {
  return { owner: {}, memories: new Map(), waiting: [], nextName: 1, planned: new Set() }
}

/** A copy of a state in which nothing waits. Memories are shared until one side changes them. */
export function copyRecorderState(state: RecorderState): RecorderState {
  state.owner = {}
  const memories = new Map<string, Memories>()
  for (const [component, { objects }] of state.memories)
    memories.set(component, { objects: LastFoundMap.of(objects), oldest: undefined, first: undefined })
  return { owner: {}, memories, waiting: [], nextName: state.nextName, planned: new Set(state.planned) }
}
