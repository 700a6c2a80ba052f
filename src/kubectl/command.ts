import type { ApiClient, Running } from '#protocol/api-client.ts'
import type { Contexts } from './contexts.ts'

/** Where a command writes, and what it can read besides the API. */
export interface Io {
  out(text: string): void
  /** To standard error; an `aside` is told beside the output though nothing failed (`No resources found`, a warning). */
  err(text: string, kind?: 'aside'): void
  /** What `-f -` reads; undefined when nothing is piped in. */
  readonly stdin?: string
  /** Text of a named document (`-f name.yaml`), or undefined when there is none. */
  readFile(name: string): string | undefined
  /** Opens an object in the page's editor (`kubectl edit`); undefined where there is none. */
  readonly edit?: (yaml: string, name: string) => void
}

export interface KubectlContext {
  readonly client: ApiClient
  readonly io: Io
  /** Namespace of the context, `default` unless set. */
  readonly namespace: string
  /** What `config` changes; undefined where it is fixed. */
  readonly contexts?: Contexts
  /** Variables of the shell. */
  readonly env?: ReadonlyMap<string, string>
}

/** One kubectl flag, as pflag declares it. `value` = the type word in help and errors; `bool` flags take none. */
export interface Flag {
  name: string
  shorthand?: string
  kind: 'bool' | 'string' | 'int' | 'duration' | 'stringArray' | 'stringSlice'
  /** Of a whole number; 64 unless it says so. */
  bits?: 32
  default?: string
  /** Value when given without `=…` (`--cascade`, `--dry-run`). */
  noOptDefault?: string
  usage?: string
  /** What stands behind `has been deprecated,` when it is given. */
  deprecated?: string
  /** Why a text is no value of it, where its kind does not tell; undefined when it is one. */
  refuse?: (text: string) => string | undefined
  /** The first minor version of kubectl that has it. */
  sinceMinor?: number
  /** The first minor version of kubectl in which it has its one letter. */
  shorthandSince?: number
  /** It is there only while this variable says `true`. */
  behind?: string
}

/** Flags and operands of one command line, after parsing. */
export interface Parsed {
  readonly operands: readonly string[]
  has(flag: string): boolean
  string(flag: string): string
  bool(flag: string): boolean
  int(flag: string): number
  /** Milliseconds of a `duration` flag. */
  durationMs(flag: string): number
  list(flag: string): readonly string[]
  /** Every flag as it was given, in order: a flag that was given twice is there twice. */
  readonly given: readonly (readonly [flag: Flag, text: string])[]
  /** Operands before `--`; -1 when there was no `--`. */
  readonly dashAt: number
}

/** One verb of kubectl: an entry in `commands/index.ts`. Sub-verbs (`rollout status`) are verbs of their own under `subcommands`. */
export interface Verb {
  name: string
  aliases?: readonly string[]
  summary: string
  /** `kubectl get [(-o|--output=)json|yaml|…] (TYPE[.VERSION][.GROUP] [NAME | -l label] …) [flags]` */
  usage?: string
  flags: readonly Flag[]
  /** Its command line is not read, but for --help: whatever is there, `run` says that there is no such verb here. */
  takesAnything?: boolean
  /** All that it says, on stderr, whatever is asked of it. */
  says?: string
  subcommands?: readonly Verb[]
  run?(context: KubectlContext, args: Parsed): Running
}
