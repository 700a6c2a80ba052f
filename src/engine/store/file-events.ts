import { since } from '#k8s/version.ts'
import type { Core } from '../core.ts'
import { fileSeries } from './event-series.ts'
import { eventMeta, keepSaid, rewrite, storedOf } from './event-writes.ts'
import type { SaidEvent, WaitingEvent } from './recorder-state.ts'

const similarTexts = 10
/** Counts of older texts are forgotten; upstream keeps 4096 of all objects together. */
const mostSeen = 32
const similarWindowMs = 600_000

/** Counts, folds and writes the events that wait, in the order in which they were recorded. */
export function fileEvents(core: Core): void {
  const { recorder } = core.state
  const { waiting } = recorder
  recorder.waiting = []
  for (const event of waiting) {
    if (event.isSeries) fileSeries(core, event)
    else filePlain(core, event)
  }
}

/** What was said with this type, reason and action, as far as it counts for one event more. */
interface Similar {
  /** Said so before: the same text, or the one that this text is folded into. */
  known: SaidEvent | undefined
  folds: boolean
  windowMs: number
  /** Oldest of the texts that stand for themselves, and how many there are. */
  oldest: SaidEvent | undefined
  texts: number
}

function similarTo({ type, reason, message, action, about, memory, atMs }: WaitingEvent): Similar {
  const { fieldPath } = about
  let last: SaidEvent | undefined
  let folded: SaidEvent | undefined
  const similar: Similar = { known: undefined, folds: false, windowMs: atMs, oldest: undefined, texts: 0 }
  for (const said of memory.said) {
    if (said.reason !== reason || said.type !== type || said.action !== action || said.resourceVersion !== undefined) continue
    if (!last || said.atMs >= last.atMs) last = said
    if (said.isFolded) {
      folded = said
      continue
    }
    similar.oldest ??= said
    similar.texts++
    if (said.text === message && said.fieldPath === fieldPath) similar.known ??= said
  }
  if (last && atMs - last.atMs <= similarWindowMs) similar.windowMs = last.windowMs
  if (similar.texts < similarTexts - 1) return similar
  const texts = new Set<string>()
  for (const said of memory.said)
    if (said.reason === reason && said.type === type && said.action === action && !said.isFolded && said.atMs >= similar.windowMs)
      texts.add(said.text)
  similar.folds = texts.size >= similarTexts - 1 && !texts.has(message)
  if (similar.folds) similar.known = folded
  return similar
}

/** The core recorder says once more, in the newer fields, who reports. @source client-go/tools/record/event.go generateEvent */
function reporterOf({ version }: Core, component: string, host: string | undefined) {
  const isSaid = since(version, 'coreEventsNameReporter')
  return { reportingComponent: isSaid ? component : '', reportingInstance: (isSaid && host) || '' }
}

function filePlain(core: Core, waiting: WaitingEvent): void {
  const { memory, component, about, type, reason, message, host, action, atMs, timestamp, isRefused, resourceVersion } = waiting
  const { known, folds, windowMs, oldest, texts } = similarTo(waiting)
  const count = (known?.count ?? 0) + 1
  const firstTimestamp = known?.firstTimestamp ?? timestamp
  let event = known?.event
  const earlier = storedOf(core, event)
  if (resourceVersion && (earlier || !isRefused)) {
    const text = folds ? `(combined from similar events): ${message}` : message
    if (!memory.source || memory.source.host !== host) memory.source = host ? { component, host } : { component }
    event = earlier
      ? rewrite(core, earlier, resourceVersion, { message: text, count, lastTimestamp: timestamp })
      : core.storeEvent({
          apiVersion: 'v1',
          kind: 'Event',
          metadata: eventMeta(core, waiting, resourceVersion),
          involvedObject: about,
          type,
          reason,
          message: text,
          source: memory.source,
          firstTimestamp,
          lastTimestamp: timestamp,
          count,
          eventTime: null,
          ...reporterOf(core, component, host),
        })
  }
  const now = {
    type,
    reason,
    action,
    resourceVersion: undefined,
    text: message,
    fieldPath: about.fieldPath,
    event,
    count,
    firstTimestamp,
    atMs,
    windowMs,
    isFolded: folds,
  }
  keepSaid(waiting, now, known, texts >= mostSeen && !folds ? oldest : undefined)
}
