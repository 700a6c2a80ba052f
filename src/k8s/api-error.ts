import { quoteGo } from './schema/go-format.ts'

/** One field error of an Invalid answer: `field` is the path, `message` the text behind it (with its kind, e.g. `Invalid value: …`). */
export interface StatusCause {
  reason: string
  field: string
  message: string
}

export type StatusReason =
  | 'NotFound'
  | 'AlreadyExists'
  | 'Conflict'
  | 'Invalid'
  | 'BadRequest'
  | 'Forbidden'
  | 'MethodNotAllowed'
  | 'TooManyRequests'
  | 'InternalError'
  | 'UnsupportedMediaType'
  /** No reason given: kubectl prints `Error from server: …`. */
  | 'Unknown'

const codes: Record<StatusReason, number> = {
  NotFound: 404,
  AlreadyExists: 409,
  Conflict: 409,
  Invalid: 422,
  BadRequest: 400,
  Forbidden: 403,
  MethodNotAllowed: 405,
  TooManyRequests: 429,
  InternalError: 500,
  UnsupportedMediaType: 415,
  Unknown: 500,
}

/**
 * An error answer of the API server: `message` is the Status object's message, word for word.
 * @source apimachinery/pkg/api/errors StatusError
 */
export class ApiError extends Error {
  readonly reason: StatusReason
  readonly code: number
  readonly details: { name?: string; group?: string; kind?: string; causes?: StatusCause[] }

  constructor(reason: StatusReason, message: string, details: ApiError['details'] = {}) {
    super(message)
    this.name = 'ApiError'
    this.reason = reason
    this.code = codes[reason]
    this.details = details
  }
}

/** `daemonsets.apps "x" not found`. resource = `groupResource()` text. */
export function notFound(resource: string, name: string): ApiError {
  const [kind, ...group] = resource.split('.')
  return new ApiError('NotFound', `${resource} "${name}" not found`, { name, kind, group: group.join('.') })
}

/** `daemonsets.apps "x" already exists`, of one that `isEnding` with what keeps its name. @source apiserver/pkg/registry/generic/registry/store.go Create */
export function alreadyExists(resource: string, name: string, isEnding = false): ApiError {
  const [kind, ...group] = resource.split('.')
  return new ApiError('AlreadyExists', `${isEnding ? 'object is being deleted: ' : ''}${resource} "${name}" already exists`, {
    name,
    kind,
    group: group.join('.'),
  })
}

/** 409 of an update whose resourceVersion or uid is not the stored one. */
export function conflict(resource: string, name: string, why: string): ApiError {
  const [kind, ...group] = resource.split('.')
  return new ApiError('Conflict', `Operation cannot be fulfilled on ${resource} "${name}": ${why}`, { name, kind, group: group.join('.') })
}

/**
 * 422. kindName is `DaemonSet.apps` or `Node`; the message lists the causes as `<field>: <message>`, joined as
 * the API server joins them (one alone, several in `[…, …]`).
 */
export function invalid(kindName: string, name: string, causes: StatusCause[]): ApiError {
  const lines = [...new Set(causes.map((c) => `${c.field}: ${c.message}`))]
  const text = lines.length === 1 ? lines[0] : `[${lines.join(', ')}]`
  const [kind, ...group] = kindName.split('.')
  return new ApiError('Invalid', `${kindName} ${quoteGo(name)} is invalid: ${text}`, { name, kind, group: group.join('.'), causes })
}
