import type { ServerResponse } from 'node:http'
import { noSuchPath as noSuchPathError, notAllowed as notAllowedError } from '#k8s/api/request-object.ts'
import type { ApiError } from '#k8s/api-error.ts'

/** An answer of the API: a JSON body (or text), or a stream that writes by itself until the client goes. */
export interface Answer {
  code: number
  body: unknown
  /** Default `application/json`. With another type, `body` is text or bytes and sent as it is. */
  contentType?: string
  /** Texts for `Warning` headers. */
  warnings?: readonly string[]
  stream?: (response: ServerResponse) => void
}

export function ok(body: unknown, code = 200): Answer {
  return { code, body }
}

/** A metav1.Status that says what went wrong. `reason` is left out when empty. */
export function failure(code: number, reason: string, message: string, details: object = {}): Answer {
  return {
    code,
    body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, ...(reason && { reason }), details, code },
  }
}

/** The Status object of an ApiError, as the API server sends it. @source apimachinery/pkg/api/errors StatusError.Status */
export function failureOf({ code, reason, message, details }: ApiError): Answer {
  const { name, group, kind, causes } = details
  const known = {
    ...(name && { name }),
    ...(group && { group }),
    ...(kind && { kind }),
    ...(causes && { causes }),
  }
  return failure(code, reason === 'Unknown' ? '' : reason, message, known)
}

export const noSuchPath: Answer = failureOf(noSuchPathError())
export const notAllowed: Answer = failureOf(notAllowedError())

/** Header values are bytes: what is outside ASCII travels as UTF-8. @source apimachinery/pkg/util/net NewWarningHeader */
const warningHeader = (text: string): string => Buffer.from(`299 - ${JSON.stringify(text)}`, 'utf8').toString('latin1')

/** Sends an answer. */
export function send(response: ServerResponse, { code, body, contentType, warnings = [], stream }: Answer): void {
  if (warnings.length > 0) response.setHeader('Warning', warnings.map(warningHeader))
  response.setHeader('Content-Type', contentType ?? 'application/json')
  response.setHeader('Cache-Control', 'no-cache, private')
  response.statusCode = code
  if (stream) {
    response.flushHeaders()
    stream(response)
    return
  }
  response.end(contentType === undefined ? `${JSON.stringify(body)}\n` : body)
}
