import type { Io, Parsed, Verb } from '../command.ts'

export const changeCauseAnnotation = 'kubernetes.io/change-cause'

/**
 * What `--record` keeps of this command line, or undefined when it was not asked for. path: `set image`.
 * @source cli-runtime/pkg/genericclioptions RecordFlags
 */
export function changeCauseOf(io: Io, args: Parsed, path: string, flags: Verb['flags']): string | undefined {
  if (args.has('record')) io.err('Flag --record has been deprecated, --record will be removed in the future\n')
  if (!args.bool('record')) return undefined
  const given = flags.filter((f) => args.has(f.name)).map((f) => ` --${f.name}=${args.string(f.name)}`)
  return `kubectl ${[path, ...args.operands].join(' ')}${given.join('')}`
}

/** The object with that change cause; itself when there is none. */
export function withChangeCause<T extends { metadata: { annotations?: Record<string, string> } }>(object: T, cause: string | undefined): T {
  if (cause === undefined) return object
  return { ...object, metadata: { ...object.metadata, annotations: { ...object.metadata.annotations, [changeCauseAnnotation]: cause } } }
}

/** A merge patch that keeps the cause. */
export function changeCausePatch(cause: string): object {
  return { metadata: { annotations: { [changeCauseAnnotation]: cause } } }
}
