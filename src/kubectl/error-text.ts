import { ApiError, type StatusCause } from '#k8s/api-error.ts'

/** An error of kubectl itself: printed as `error: <message>`. An empty message prints nothing. `printed` = what had come out before. */
export class CommandError extends Error {
  constructor(
    message: string,
    readonly exitStatus = 1,
    readonly printed = '',
  ) {
    super(message)
  }
}

/** Several errors of one command: one line each, without the `error: ` that a single one gets. Among others they are one, in brackets. */
export class AggregateFailure extends CommandError {
  readonly errors: readonly Error[]
  constructor(errors: readonly Error[]) {
    const messages = [...new Set(errors.map((e) => e.message))]
    super(messages.length === 1 ? (messages[0] as string) : `[${messages.join(', ')}]`)
    this.errors = errors
  }
}

/** `<message>` and the hint to `<command> -h`, e.g. command = `kubectl taint`. @source kubectl/pkg/cmd/util UsageErrorf */
export function usageError(command: string, message: string): CommandError {
  return new CommandError(`${message}\nSee '${command} -h' for help and examples`)
}

/** Nothing when empty, the error itself when single, an AggregateFailure otherwise. @source apimachinery/pkg/util/errors NewAggregate */
export function aggregate(errors: readonly Error[]): Error | undefined {
  return errors.length < 2 ? errors[0] : new AggregateFailure(errors)
}

/**
 * The same API error saying what was being done with which file: `error when creating "x.yaml": …`.
 * @source kubectl/pkg/cmd/util AddSourceToErr
 */
export function addSourceToError(verb: string, source: string, error: unknown): Error {
  const text = (message: string) => (source ? `error when ${verb} ${JSON.stringify(source)}: ${message}` : message)
  if (error instanceof ApiError) return new ApiError(error.reason, text(error.message), error.details)
  return new CommandError(text(error instanceof Error ? error.message : String(error)))
}

/** How a single error reads inside a list of errors. */
function standardMessage(error: Error): string {
  if (!(error instanceof ApiError)) return error.message
  return error.reason === 'Unknown' ? `Error from server: ${error.message}` : `Error from server (${error.reason}): ${error.message}`
}

function causeLines(causes: readonly StatusCause[]): string[] {
  return [...new Set(causes.map((c) => (c.field ? `${c.field}: ${c.message}` : c.message)))]
}

function invalidText(error: ApiError): string {
  const { kind, name, causes = [] } = error.details
  let text = 'The request is invalid'
  if (kind || name) text = `The ${kind ?? ''} ${JSON.stringify(name ?? '')} is invalid`
  else if (causes.length === 0 && error.message) text += `: ${error.message}`
  const lines = causeLines(causes)
  if (lines.length === 0) return `${text}\n`
  return lines.length === 1 ? `${text}: ${lines[0]}\n` : `${text}: \n${lines.map((l) => `* ${l}\n`).join('')}`
}

/**
 * What kubectl writes to stderr for an error that ends a command, with its newline.
 * @source kubectl/pkg/cmd/util checkErr; DS-17
 */
export function errorText(error: unknown): string {
  if (error instanceof AggregateFailure) return error.errors.map((e) => `${standardMessage(e)}\n`).join('')
  if (error instanceof ApiError) return error.reason === 'Invalid' ? invalidText(error) : `${standardMessage(error)}\n`
  const message = error instanceof Error ? error.message : String(error)
  if (message === '') return ''
  const text = message.startsWith('error: ') ? message : `error: ${message}`
  return text.endsWith('\n') ? text : `${text}\n`
}
