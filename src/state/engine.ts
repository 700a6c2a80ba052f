import type { Client } from '#protocol/client.ts'
import type { Frame, Output } from '#protocol/messages.ts'
import { announcementOf } from './announcement.ts'
import { clockStore, nextClock } from './clock.ts'
import { clusterStore, nextCluster } from './cluster.ts'
import { documentsStore, openDocument } from './documents.ts'
import { journalStore, nextJournal } from './journal.ts'
import { sessionStore, showPanel } from './session.ts'
import { tellChanges } from './tell-changes.ts'
import { appendOutput, isMuchOutput, terminalStore } from './terminal.ts'

function takeFrame(frame: Frame): void {
  const before = clusterStore.getState()
  const after = nextCluster(before, frame)
  clockStore.setState(nextClock(frame, performance.now()))
  if (after !== before) clusterStore.setState(after)
  const journal = frame.reset ? frame.journal : [...tellChanges(frame.journal, before.tables, after.tables)]
  journalStore.setState((state) => nextJournal(state, { ...frame, journal }))
  const announcement = frame.reset ? undefined : announcementOf(before, after)
  if (announcement) sessionStore.setState({ announcement })
}

const shortestPaceMs = 16
/** Showing output may take a quarter of the page's time. */
const paceFactor = 3

/** Output comes line by line; it is shown in batches, the slower the longer the page needs to lay out the terminal anew. */
function createOutputTaker(): { take(output: Output): void; stop(): void } {
  let waiting: Output[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  let paceMs = shortestPaceMs
  const flush = () => {
    timer = undefined
    const outputs = waiting
    waiting = []
    const beganMs = performance.now()
    terminalStore.setState((state) => ({ lines: appendOutput(state.lines, outputs), isMuch: isMuchOutput(outputs) }))
    requestAnimationFrame(() =>
      setTimeout(() => {
        paceMs = Math.max(shortestPaceMs, paceFactor * (performance.now() - beganMs))
      }),
    )
  }
  return {
    take: (output) => {
      waiting.push(output)
      timer ??= setTimeout(flush, paceMs)
    },
    stop: () => clearTimeout(timer),
  }
}

/** Keeps the stores up to date with what the engine sends. Returns how to stop that. */
export function followEngine(client: Client): () => void {
  const output = createOutputTaker()
  const unsubscribe = client.subscribe((message) => {
    switch (message.type) {
      case 'frame':
        takeFrame(message)
        break
      case 'output':
        output.take(message)
        break
      case 'edit':
        openDocument(message.name, message.text)
        showPanel('manifest')
        // who typed it goes on typing there
        if (terminalStore.getState().running.some(({ typed }) => typed)) documentsStore.setState({ enter: true })
        break
      case 'failure':
        sessionStore.setState({ failure: message })
        break
      case 'silence':
        sessionStore.setState({ silent: message.silent })
        break
      case 'ready':
        break
    }
  })
  return () => {
    unsubscribe()
    output.stop()
  }
}
