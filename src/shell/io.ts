import type { Running } from '#protocol/api-client.ts'
import type { Lines } from './pipe.ts'

/** What a command line reads and writes; programs get the same, with pipes and redirections already wired in. */
export interface ShellIo {
  out(text: string): void
  /** `aside`: no error, though it goes the same way. */
  err(text: string, kind?: 'aside'): void
  /** What is piped in; undefined when nothing is. */
  readonly stdin?: string
  /** The same for commands that read it line by line as it comes, and leave the rest to the next. */
  readonly lines?: Lines
  /** Lines typed so far, oldest first, where the terminal keeps them. */
  readonly history?: readonly string[]
  /** Text of a named document, or undefined when there is none. */
  readFile(name: string): string | undefined
  readonly edit?: (yaml: string, name: string) => void
}

/** A program of the shell: `argv` without the program's own name, and the variables that it is given. */
export type Program = (argv: string[], io: ShellIo, env: ReadonlyMap<string, string>) => Running

/** Session variables by name; `?` holds the last exit status. */
export type Env = Map<string, string>

/** Gathers what is written to it. */
export class Collector {
  text = ''
  readonly add = (text: string): void => {
    this.text += text
  }
}

/** What `clear` sends to empty the screen. */
export const clearScreen = '\x1b[2J\x1b[H'

/** What `watch` sends before it prints anew: only what it printed itself goes. */
export const redrawScreen = '\x1b[H\x1b[J'

/** Why nothing can be written to a file; `what` = what was to write it. */
export const cannotWrite = (name: string, what: string): string =>
  `cannot write to ${name}: there are no files here; leave out ${what} and read the output in the terminal`

/** A mistake in a command line: printed as one line with the shell's name in front, ends the command with `status`. */
export class ShellError extends Error {
  readonly status: number
  /** Nothing of the line is run after it. */
  readonly endsLine: boolean

  constructor(message: string, status = 2, endsLine = false) {
    super(message)
    this.name = 'ShellError'
    this.status = status
    this.endsLine = endsLine
  }
}

/** A mistake in the arguments of a filter or another program: its message already begins with the program's name. */
export class ProgramError extends ShellError {
  constructor(message: string, status = 1) {
    super(message, status)
    this.name = 'ProgramError'
  }
}
