import type { Running, Wait } from '#protocol/api-client.ts'
import { Collector, type Program, type ShellIo } from '../io.ts'
import { createShell } from '../shell.ts'

export interface LineResult {
  out: string
  err: string
  status: number
  waits: Wait[]
}

/** Runs a line to its end in a shell of its own; what waits goes on at once, and is stopped after `mostWaits`. */
export function runLine(
  programs: Readonly<Record<string, Program>>,
  line: string,
  io: Partial<ShellIo> = {},
  env = new Map<string, string>(),
): LineResult {
  const mostWaits = 20
  const out = new Collector()
  const err = new Collector()
  const waits: Wait[] = []
  let nowMs = 0
  const shell = createShell({ programs, aliases: { k: 'kubectl' }, now: () => nowMs })
  const running: Running = shell.run(line, { out: out.add, err: err.add, readFile: () => undefined, ...io }, env)
  for (let step = running.next(); ; step = running.next()) {
    if (step.done) return { out: out.text, err: err.text, status: step.value, waits }
    waits.push(step.value)
    nowMs += 'ms' in step.value ? (step.value.ms ?? 0) : 0
    if (waits.length > mostWaits) running.return(130)
  }
}
