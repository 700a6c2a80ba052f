import { createStore } from 'zustand/vanilla'
import type { Output } from '#protocol/messages.ts'
import { cutText } from './cut-text.ts'

export type LineKind = 'command' | 'comment' | 'out' | 'err'

export interface TerminalLine {
  id: number
  kind: LineKind
  text: string
  /** Output came without a line break at its end so far. */
  open: boolean
}

export interface TerminalState {
  lines: readonly TerminalLine[]
  history: readonly string[]
  /** The shell requests that have not ended, newest last. */
  running: readonly number[]
}

const maxLines = 3000
const maxHistory = 200
let lastId = 0

const newLine = (kind: LineKind, text: string, open: boolean): TerminalLine => {
  lastId += 1
  return { id: lastId, kind, text: cutText(text), open }
}

function append(lines: TerminalLine[], output: Output): void {
  if (output.stream === 'echo') {
    for (const text of output.text.replace(/\n$/, '').split('\n')) lines.push(newLine(text.startsWith('#') ? 'comment' : 'command', text, false))
    return
  }
  const parts = output.text.split('\n')
  const last = lines.at(-1)
  if (last?.open && last.kind === output.stream) {
    lines[lines.length - 1] = { ...last, text: last.text + (parts[0] ?? ''), open: parts.length === 1 }
    parts.shift()
  }
  for (const [at, text] of parts.entries()) {
    const open = at === parts.length - 1
    if (!open || text !== '') lines.push(newLine(output.stream, text, open))
  }
}

/** The lines after some output; text without a final line break is continued by the next output of its stream. The oldest lines go. */
export function appendOutput(lines: readonly TerminalLine[], outputs: readonly Output[]): readonly TerminalLine[] {
  const next = [...lines]
  for (const output of outputs) append(next, output)
  return next.slice(-maxLines)
}

export function appendHistory(history: readonly string[], line: string): readonly string[] {
  return line.trim() === '' || history.at(-1) === line ? history : [...history, line].slice(-maxHistory)
}

export const terminalStore = createStore<TerminalState>(() => ({ lines: [], history: [], running: [] }))
