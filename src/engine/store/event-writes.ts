import type { KubeEvent, ObjectMeta } from '#k8s/types.ts'
import { hex32 } from '#sim/hex.ts'
import type { Core } from '../core.ts'
import { eventUid } from './identity.ts'
import type { SaidEvent, WaitingEvent } from './recorder-state.ts'
import { keyOf } from './tables.ts'

/** Whether nothing may be created any more where the events about this object go. */
export function isEnding({ state: { tables } }: Core, namespace = 'default'): boolean {
  const found = tables.Namespace.get(namespace)
  return found ? found.metadata.deletionTimestamp !== undefined : tables.Namespace.size > 0
}

/** Keeps what was said: in the place of what it replaces, or at the end, where it then takes the place of `outdated`. */
export function keepSaid({ memory }: WaitingEvent, now: SaidEvent, known: SaidEvent | undefined, outdated?: SaidEvent): void {
  const { said } = memory
  if (known) memory.said = said.with(said.indexOf(known), now)
  else memory.said = outdated ? [...said.filter((other) => other !== outdated), now] : [...said, now]
}

/** The Event as the server has it, if it still has it. */
export function storedOf(core: Core, event: KubeEvent | undefined): KubeEvent | undefined {
  return event && core.state.tables.Event.get(keyOf(event.metadata.namespace, event.metadata.name))
}

/** Writes an Event that is there with what has changed. */
export function rewrite(core: Core, stored: KubeEvent, version: number, changed: Partial<KubeEvent>): KubeEvent {
  return core.storeEvent({ ...stored, ...changed, metadata: { ...stored.metadata, resourceVersion: String(version) } }, stored)
}

/** Writes an Event that was there once more, as a new object of the same name. */
export function recreate(core: Core, event: KubeEvent): KubeEvent {
  const { state } = core
  const { name, namespace } = event.metadata
  const metadata = {
    name,
    namespace,
    uid: eventUid(state.recorder.nextName++),
    creationTimestamp: core.timestamp(),
    resourceVersion: String(++state.resourceVersion),
  }
  return core.storeEvent({ ...event, metadata })
}

/** The resourceVersion that was set aside for the event, or the next one. */
export function versionOf({ state }: Core, { resourceVersion }: WaitingEvent): number {
  return resourceVersion ?? ++state.resourceVersion
}

/** Metadata of a new Event: `NAME.` and 16 hexadecimal digits, unlike those of any other event (the real ones are the time in nanoseconds). */
export function eventMeta({ state }: Core, { about, timestamp }: WaitingEvent, version: number): ObjectMeta {
  const number = state.recorder.nextName++
  const name = `${about.name}.18a4c0de${hex32(number)}`
  const { namespace = 'default' } = about
  return { name, namespace, uid: eventUid(number), creationTimestamp: timestamp, resourceVersion: String(version) }
}
