import type { Running } from '#protocol/api-client.ts'

/** What a command line reads and writes; programs get the same, with pipes and redirections already wired in. */
export interface ShellIo {
  out(text: string): void
  err(text: string): void
  /** What is piped in; undefined when nothing is. */
  readonly stdin?: string
  /** Text of a named document, or undefined when there is none. */
  readFile(name: string): string | undefined
  readonly edit?: (yaml: string, name: string) => void
}

/** A program of the shell: `argv` without the program's own name. */
export type Program = (argv: string[], io: ShellIo) => Running

/** Session variables by name; `?` holds the last exit status. */
export type Env = Map<string, string>

/** Gathers what is written to it. */
export class Collector {
  text = ''
  readonly add = (text: string): void => {
    this.text += text
  }
}

/** What `clear` and `watch` send to empty the screen. */
export const clearScreen = '\x1b[2J\x1b[H'

/** A mistake in a command line or in a filter's arguments: printed as one line, ends the command with `status`. */
export class ShellError extends Error {
  constructor(
    message: string,
    readonly status = 2,
  ) {
    super(message)
    this.name = 'ShellError'
  }
}
