import { ApiError, invalid } from '../api-error.ts'
import { FieldErrors } from '../validate/field-errors.ts'
import { stringsValue } from '../validate/go-value.ts'
import type { KubernetesVersion } from '../version.ts'

/**
 * Options of requests, checked before anything else is.
 * @source apimachinery/pkg/apis/meta/v1/validation ValidateCreateOptions … ValidateDeleteOptions
 */

export type WriteOptionsKind = 'CreateOptions' | 'UpdateOptions' | 'PatchOptions'

const longestManager = 128
const printable = /[\p{L}\p{M}\p{N}\p{P}\p{S} ]/u
const bytesOf = (text: string): number => new TextEncoder().encode(text).length
const unicodeOf = (char: string): string => `U+${(char.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')}`

function validateManager(errors: FieldErrors, manager: string): void {
  if (bytesOf(manager) > longestManager) errors.tooLong('fieldManager', longestManager)
  let at = 0
  for (const char of manager) {
    if (!printable.test(char)) errors.invalid('fieldManager', manager, `invalid character ${unicodeOf(char)} (at position ${at})`)
    at += bytesOf(char)
  }
}

function validateDryRun(errors: FieldErrors, values: readonly string[]): void {
  if (values.some((value) => value !== 'All')) errors.notSupported('dryRun', stringsValue(values), ['All'])
}

function refuse(kind: string, { causes }: FieldErrors): void {
  if (causes.length > 0) throw invalid(`${kind}.meta.k8s.io`, '', causes)
}

/** Throws Invalid when nobody can own fields by this name. */
export function checkManager(kind: WriteOptionsKind, manager: string | undefined, version: KubernetesVersion): void {
  if (!manager) return
  const errors = new FieldErrors(version)
  validateManager(errors, manager)
  refuse(kind, errors)
}

const directives = ['', 'Ignore', 'Strict', 'Warn']

/** Throws Invalid for what the query of a write asks in vain. `isApply`: it is a patch of that type. */
export function checkWriteQuery(kind: WriteOptionsKind, query: URLSearchParams, version: KubernetesVersion, isApply = false): void {
  const errors = new FieldErrors(version)
  const [manager, directive] = [query.get('fieldManager') ?? '', query.get('fieldValidation') ?? '']
  if (isApply && !manager) errors.required('fieldManager', 'is required for apply patch')
  if (kind === 'PatchOptions' && !isApply && query.has('force')) errors.forbidden('force', 'may not be specified for non-apply patch')
  validateManager(errors, manager)
  validateDryRun(errors, query.getAll('dryRun'))
  if (!directives.includes(directive)) errors.notSupported('fieldValidation', directive, directives)
  refuse(kind, errors)
}

/** Who owns what a program writes that does not say who it is. @source apiserver/pkg/endpoints/handlers/create.go prefixFromUserAgent */
export function managerOfProgram(userAgent: string): string {
  let manager = ''
  for (const char of userAgent.split('/')[0] ?? '') {
    if (!printable.test(char)) continue
    if (bytesOf(manager + char) > longestManager) break
    manager += char
  }
  return manager
}

const policies = ['Foreground', 'Background', 'Orphan'] as const

interface DeleteBody {
  gracePeriodSeconds?: number
  propagationPolicy?: string
  orphanDependents?: boolean
  preconditions?: { uid?: string; resourceVersion?: string }
  dryRun?: readonly string[]
}

function graceOf({ gracePeriodSeconds }: DeleteBody, query: URLSearchParams): number | undefined {
  const text = query.get('gracePeriodSeconds')
  if (gracePeriodSeconds !== undefined || !text) return gracePeriodSeconds
  if (/^[+-]?\d+$/.test(text)) return Number(text)
  throw new ApiError('BadRequest', `strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`)
}

function orphansOf({ orphanDependents }: DeleteBody, query: URLSearchParams): boolean | undefined {
  const text = query.get('orphanDependents')
  return orphanDependents ?? (text === null ? undefined : !['false', '0'].includes(text))
}

const dryRunsOf = (query: URLSearchParams, { dryRun }: { dryRun?: unknown } = {}): string[] => [
  ...query.getAll('dryRun'),
  ...(Array.isArray(dryRun) ? (dryRun as string[]) : []),
]

/** Whether a write is only tried. */
export function isDryRun(query: URLSearchParams, options: { dryRun?: unknown } = {}): boolean {
  return dryRunsOf(query, options).length > 0
}

/** metav1.DeleteOptions from body or query. Throws Invalid. */
export function requestDeleteOptions(body: DeleteBody, query: URLSearchParams, version: KubernetesVersion) {
  const grace = graceOf(body, query)
  const orphans = orphansOf(body, query)
  const named = body.propagationPolicy ?? query.get('propagationPolicy') ?? undefined
  const errors = new FieldErrors(version)
  const path = 'propagationPolicy'
  if (orphans !== undefined && named !== undefined) errors.invalid(path, named, 'orphanDependents and deletionPropagation cannot be both set')
  const known = policies.find((policy) => policy === named)
  if (named !== undefined && !known) errors.notSupported(path, named, [...policies, 'nil'])
  validateDryRun(errors, dryRunsOf(query, body))
  refuse('DeleteOptions', errors)
  const propagationPolicy = orphans === undefined ? known : orphans ? ('Orphan' as const) : ('Background' as const)
  return {
    ...(grace !== undefined && { gracePeriodSeconds: grace }),
    ...(propagationPolicy && { propagationPolicy }),
    ...(body.preconditions && { preconditions: body.preconditions }),
    dryRun: isDryRun(query, body),
  }
}

/** What the Eviction in a body, or the query, says about how the pod is to go. */
export function requestEvictOptions({ deleteOptions = {} }: { deleteOptions?: DeleteBody }, query: URLSearchParams, version: KubernetesVersion) {
  checkWriteQuery('CreateOptions', query, version)
  const { gracePeriodSeconds, dryRun } = requestDeleteOptions(deleteOptions, new URLSearchParams(), version)
  return { gracePeriodSeconds, dryRun: dryRun || isDryRun(query) }
}
