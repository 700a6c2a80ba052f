import type { Parsed } from '../command.ts'

export const changeCauseAnnotation = 'kubernetes.io/change-cause'

/**
 * What `--record` keeps of this command line, or undefined when it was not asked for. path: `set image`.
 * @source cli-runtime/pkg/genericclioptions RecordFlags
 */
export function changeCauseOf(args: Parsed, path: string): string | undefined {
  if (!args.bool('record')) return undefined
  const given = args.given.map(([{ name }, text]) => ` --${name}=${text}`)
  return `kubectl ${[path, ...args.operands].join(' ')}${given.join('')}`
}

/** The object with that change cause; itself when there is none. */
export function withChangeCause<T extends { metadata: object }>(object: T, cause: string | undefined): T {
  if (cause === undefined) return object
  return {
    ...object,
    metadata: { ...object.metadata, annotations: { ...(object.metadata as { annotations?: object }).annotations, [changeCauseAnnotation]: cause } },
  }
}

/** A merge patch that keeps the cause. */
export function changeCausePatch(cause: string): object {
  return { metadata: { annotations: { [changeCauseAnnotation]: cause } } }
}
