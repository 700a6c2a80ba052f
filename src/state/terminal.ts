import { createStore } from 'zustand/vanilla'
import { resources } from '#k8s/resources.ts'
import type { Kind } from '#k8s/types.ts'
import type { EchoedBy, Output } from '#protocol/messages.ts'
import { cutText } from './cut-text.ts'

export type LineKind = 'command' | 'comment' | 'out' | 'err' | 'aside'

export interface TerminalLine {
  id: number
  kind: LineKind
  text: string
  /** Output came without a line break at its end so far. */
  open: boolean
  /** The request that printed it. */
  shellId: number
  /** A further line of a command, as of a here-document. */
  goesOn?: true
  /** Who gave the command. */
  by?: EchoedBy
  /** The kind of objects the command is about: bare names in its output are theirs. */
  about?: Kind
}

export interface TerminalState {
  lines: readonly TerminalLine[]
  history: readonly string[]
  /** The shell requests that have not ended, newest last. */
  running: readonly { id: number; typed: boolean }[]
  /** Lines typed while another one runs. */
  queue: readonly string[]
  /** The last output was too much to be read aloud. */
  isMuch: boolean
}

const maxLines = 10_000
const maxHistory = 500
/** More lines at once than this are not read aloud. */
const maxSpoken = 30
let lastId = 0

/** What `clear` and `watch` send. */
const clearScreen = '\x1b[2J\x1b[H'
const redrawScreen = '\x1b[H\x1b[J'
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what colours and moves of a terminal begin with
const controlSequences = /\x1b\[[\d;?]*[A-Za-z]|[\x00-\x08\x0b-\x1f]/g

const kindsByWord = new Map(resources.flatMap((r) => [r.plural, r.singular, ...r.shortNames].map((word) => [word, r.kind] as const)))

/** The kind a command is about: the first word of it that names one. */
function kindOf(command: string): Kind | undefined {
  for (const word of command.split(/\s+/)) {
    const kind = kindsByWord.get(word.split(/[./]/)[0] ?? '')
    if (kind) return kind
  }
  return undefined
}

function append(lines: TerminalLine[], { stream, text, shellId, by }: Output): void {
  const add = (kind: LineKind, line: string, open: boolean, more: Partial<TerminalLine> = {}) => {
    lastId += 1
    lines.push({ id: lastId, kind, text: cutText(line), open, shellId, ...more })
  }
  if (stream === 'echo') {
    const about = kindOf(text)
    for (const [at, line] of text.replace(/\n$/, '').split('\n').entries())
      add(line.startsWith('#') ? 'comment' : 'command', line, false, at ? { by, about, goesOn: true } : { by, about })
    return
  }
  const parts = text.replace(controlSequences, '').split('\n')
  const last = lines.at(-1)
  if (last?.open && last.kind === stream && last.shellId === shellId) {
    lines[lines.length - 1] = { ...last, text: last.text + (parts[0] ?? ''), open: parts.length === 1 }
    parts.shift()
  }
  const about = lines.findLast((line) => line.shellId === shellId)?.about
  for (const [at, line] of parts.entries()) {
    const open = at === parts.length - 1
    if (!open || line !== '') add(stream, line, open, about && { about })
  }
}

/** The lines after some output; text without a final line break is continued by the next output of its stream. The oldest lines go. */
export function appendOutput(lines: readonly TerminalLine[], outputs: readonly Output[]): readonly TerminalLine[] {
  let next = [...lines]
  for (const output of outputs) {
    const { text, shellId } = output
    const cleared = text.lastIndexOf(clearScreen)
    const redrawn = text.lastIndexOf(redrawScreen)
    if (cleared >= 0) {
      next = []
      append(next, { ...output, text: text.slice(cleared + clearScreen.length) })
    } else if (redrawn >= 0) {
      next = next.filter((line) => line.shellId !== shellId || line.kind === 'command')
      append(next, { ...output, text: text.slice(redrawn + redrawScreen.length) })
    } else append(next, output)
  }
  return next.slice(-maxLines)
}

/** Whether output is too much to be read aloud line by line: many lines, or a screen that is drawn again and again. */
export const isMuchOutput = (outputs: readonly Output[]): boolean =>
  outputs.some((output) => output.text.includes(redrawScreen)) ||
  outputs.reduce((sum, output) => sum + output.text.split('\n').length - 1, 0) > maxSpoken

/** The history with a line behind it; the same line twice in a row is kept once. */
export function appendHistory(history: readonly string[], line: string): readonly string[] {
  return line.trim() === '' || history.at(-1) === line ? history : [...history, line].slice(-maxHistory)
}

export const terminalStore = createStore<TerminalState>(() => ({ lines: [], history: [], running: [], queue: [], isMuch: false }))
