import type { Running } from '#protocol/api-client.ts'
import type { Env, Program, ShellIo } from './io.ts'

/** What built-in commands may use of the shell that runs them. */
export interface Session {
  readonly programs: Readonly<Record<string, Program>>
  readonly env: Env
  readonly history: readonly string[]
  /** Runs a command given as words (`xargs`, `watch`), or a text to be parsed first. */
  runWords(words: string[], io: ShellIo): Running
  runText(text: string, io: ShellIo): Running
}

/** A command the shell brings along; `args` without its name. */
export type Builtin = (args: string[], io: ShellIo, session: Session) => Running
