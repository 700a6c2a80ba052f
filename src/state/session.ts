import { createStore } from 'zustand/vanilla'
import type { Explanation, Question } from '#protocol/explain.ts'
import type { Failure, StepSummary } from '#protocol/messages.ts'

/** What is open, selected and shown. Not kept over a reload. */
export interface SessionState {
  phase: 'starting' | 'ready'
  failure: Failure | undefined
  /** The engine has not answered for long. */
  silent: boolean
  version: string
  scenario: { id: string; title: string; steps: readonly StepSummary[]; done: number } | undefined
  /** The request that plays the scenario's steps, while it runs. */
  scenarioRequest: number | undefined
  selectedNode: string | undefined
  question: Question | undefined
  explanation: Explanation | undefined
  explaining: boolean
  /** Nodes lit up on the canvas. */
  litNodes: ReadonlySet<string>
  /** Taints lit up on the cards, as `key=value:Effect`. */
  litTaints: ReadonlySet<string>
  /** Panels in the order in which they were last asked for, newest last. */
  panels: readonly PanelId[]
  form: Form | undefined
  notices: readonly Notice[]
  /** The last sentence for screen readers. */
  announcement: string
}

export type PanelId = 'canvas' | 'manifest' | 'live' | 'reaction' | 'events' | 'why' | 'timeline' | 'terminal'

/** The one form that is open over the page, if any. */
export type Form =
  | { kind: 'taint'; node: string }
  | { kind: 'label'; node: string }
  | { kind: 'node-menu'; node: string; x: number; y: number }
  | { kind: 'node' }
  /** What a command line would do. */
  | { kind: 'ahead'; line: string }
  | { kind: 'keys' }
  | { kind: 'compare' }
  /** A rule of the specification by its number (`DS-4.3`). */
  | { kind: 'rule'; rule: string }

export interface Notice {
  id: number
  tone: 'info' | 'error'
  text: string
  /** What can be done about it. */
  action?: { label: string; run(): void }
}

export const sessionStore = createStore<SessionState>(() => ({
  phase: 'starting',
  failure: undefined,
  silent: false,
  version: '',
  scenario: undefined,
  scenarioRequest: undefined,
  selectedNode: undefined,
  question: undefined,
  explanation: undefined,
  explaining: false,
  litNodes: new Set(),
  litTaints: new Set(),
  panels: ['live', 'manifest', 'events', 'reaction', 'timeline', 'terminal'],
  form: undefined,
  notices: [],
  announcement: '',
}))

/** Resolves when there is a cluster. */
export async function whenReady(): Promise<void> {
  const isReady = ({ phase }: SessionState) => phase === 'ready'
  if (isReady(sessionStore.getState())) return
  await new Promise<void>((resolve) => {
    const stop = sessionStore.subscribe((state) => {
      if (!isReady(state)) return
      stop()
      resolve()
    })
  })
}

export function showPanel(panel: PanelId): void {
  sessionStore.setState((state) => ({ panels: [...state.panels.filter((other) => other !== panel), panel] }))
}

export function openForm(form: Form): void {
  sessionStore.setState({ form })
}

/** Closes the form; when a kind is given, only if it is of that kind. */
export function closeForm(kind?: Form['kind']): void {
  sessionStore.setState(({ form }) => (kind === undefined || form?.kind === kind ? { form: undefined } : {}))
}

export function selectNode(name: string | undefined): void {
  sessionStore.setState({ selectedNode: name })
}

export function lightNodes(names: readonly string[], taints: readonly string[] = []): void {
  sessionStore.setState({ litNodes: new Set(names), litTaints: new Set(taints) })
}

const isPassing = ({ tone, action }: Notice) => tone === 'info' && !action

let lastNotice = 0

export function notify(tone: Notice['tone'], text: string, action?: Notice['action']): void {
  lastNotice += 1
  const notice = { id: lastNotice, tone, text, action }
  // said again, it stands once
  const others = (notices: readonly Notice[]) => notices.filter((one) => one.text !== text || one.tone !== tone)
  sessionStore.setState((state) => ({ notices: [...others(state.notices).slice(-3), notice] }))
}

/** Another cluster begins: what was said about the one before is over. What can still be done about something stays. */
export function forgetNotices(): void {
  sessionStore.setState((state) => ({ notices: state.notices.filter((notice) => notice.action), announcement: '' }))
}

/** Somebody goes on: what was said for information has been read. */
export function forgetInformation(): void {
  sessionStore.setState((state) => (state.notices.some(isPassing) ? { notices: state.notices.filter((notice) => !isPassing(notice)) } : {}))
}

export function dismissNotice(id: number): void {
  sessionStore.setState((state) => ({ notices: state.notices.filter((notice) => notice.id !== id) }))
}
