import type { Running } from '#protocol/api-client.ts'
import type { Env, Program, ShellIo } from './io.ts'
import type { Word } from './syntax.ts'

/** What a name given by `alias` stands for: a command with the first of its arguments. */
export interface Alias {
  readonly text: string
  readonly words: readonly Word[]
}

/** What built-in commands may use of the shell that runs them. */
export interface Session {
  readonly programs: Readonly<Record<string, Program>>
  readonly env: Env
  readonly aliases: Map<string, Alias>
  readonly history: readonly string[]
  /** Runs a command given as words (`xargs`), or a text to be parsed first (`watch`, `eval`). */
  runWords(words: string[], io: ShellIo): Running
  runText(text: string, io: ShellIo): Running
  isCommand(name: string): boolean
  /** The cluster's time in milliseconds. */
  now(): number
}

/** A command the shell brings along; `args` without its name. */
export type Builtin = (args: string[], io: ShellIo, session: Session) => Running
