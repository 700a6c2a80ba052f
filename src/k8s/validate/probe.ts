/** Probes and life-cycle hooks. @source validateProbe, validateHandler; DS-15.24 */
import { portName } from '../name.ts'
import type { Container, IntOrString, Probe } from '../types.ts'
import { type KubernetesVersion, since } from '../version.ts'
import type { FieldErrors } from './field-errors.ts'

interface Handler {
  exec?: { command?: string[] }
  httpGet?: { path?: string; port: IntOrString; scheme?: string; httpHeaders?: { name: string }[] }
  tcpSocket?: { port: IntOrString }
  grpc?: { port: number }
  sleep?: { seconds?: number }
}

export const portRange = 'must be between 1 and 65535, inclusive'

export const isPortNumber = (port: number): boolean => port >= 1 && port <= 65_535

function validatePort(errors: FieldErrors, port: IntOrString | undefined, path: string): void {
  if (typeof port === 'string') errors.invalidEach(path, port, portName(port, errors.version))
  else if (!isPortNumber(port ?? 0)) errors.invalid(path, port ?? 0, portRange)
}

const headerName = /^[-A-Za-z0-9]+$/

function validateHttpGet(errors: FieldErrors, action: NonNullable<Handler['httpGet']>, path: string): void {
  if (!action.path) errors.required(`${path}.path`)
  validatePort(errors, action.port, `${path}.port`)
  const scheme = action.scheme ?? ''
  if (scheme !== 'HTTP' && scheme !== 'HTTPS') errors.notSupported(`${path}.scheme`, scheme, ['HTTP', 'HTTPS'])
  for (const { name = '' } of action.httpHeaders ?? []) {
    if (headerName.test(name)) continue
    const text =
      "a valid HTTP header must consist of alphanumeric characters or '-' (e.g. 'X-Header-Name', regex used for validation is '[-A-Za-z0-9]+')"
    errors.invalid(`${path}.httpHeaders`, name, text)
  }
}

const zeroHint = (version: KubernetesVersion): string =>
  since(version, 'sleepZeroHint') ? '. Enable AllowPodLifecycleSleepActionZeroValue feature gate for zero sleep.' : ''

function validateSleep(errors: FieldErrors, seconds: number, path: string, graceSeconds: number | undefined): void {
  const mayBeZero = since(errors.version, 'sleepMayBeZero')
  if (graceSeconds === undefined || (seconds >= (mayBeZero ? 0 : 1) && seconds <= graceSeconds)) return
  const end = `less than terminationGracePeriodSeconds (${graceSeconds})`
  errors.invalid(path, seconds, mayBeZero ? `must be non-negative and ${end}` : `must be greater than 0 and ${end}${zeroHint(errors.version)}`)
}

function validateHandler(errors: FieldErrors, handler: Handler, path: string, graceSeconds: number | undefined): void {
  const checks: [keyof Handler, (path: string) => void][] = [
    ['exec', (at) => handler.exec?.command?.length || errors.required(`${at}.command`)],
    ['httpGet', (at) => handler.httpGet && validateHttpGet(errors, handler.httpGet, at)],
    ['tcpSocket', (at) => validatePort(errors, handler.tcpSocket?.port, `${at}.port`)],
    ['grpc', (at) => validatePort(errors, handler.grpc?.port, `${at}.port`)],
    ['sleep', (at) => validateSleep(errors, handler.sleep?.seconds ?? 0, at, graceSeconds)],
  ]
  let found = 0
  for (const [kind, check] of checks) {
    if (handler[kind] === undefined) continue
    if (found > 0) errors.forbidden(`${path}.${kind}`, 'may not specify more than 1 handler type')
    else check(`${path}.${kind}`)
    found++
  }
  if (found === 0) errors.required(path, 'must specify a handler type')
}

/** What holds for all three probes. */
export function validateProbe(errors: FieldErrors, probe: Probe | undefined, path: string): void {
  if (!probe) return
  validateHandler(errors, probe, path, undefined)
  for (const field of ['initialDelaySeconds', 'timeoutSeconds', 'periodSeconds', 'successThreshold', 'failureThreshold'] as const) {
    errors.nonNegative(`${path}.${field}`, probe[field])
  }
  const grace = probe.terminationGracePeriodSeconds
  if (grace !== undefined && grace <= 0) errors.invalid(`${path}.terminationGracePeriodSeconds`, grace, 'must be greater than 0')
}

/** Of a liveness or startup probe one success must do. */
export function requireOneSuccess(errors: FieldErrors, probe: Probe | undefined, path: string): void {
  const threshold = probe?.successThreshold ?? 0
  if (probe && threshold !== 1) errors.invalid(`${path}.successThreshold`, threshold, 'must be 1')
}

export function forbidGracePeriod(errors: FieldErrors, probe: Probe | undefined, path: string): void {
  const grace = probe?.terminationGracePeriodSeconds
  if (grace !== undefined) errors.invalid(`${path}.terminationGracePeriodSeconds`, grace, 'must not be set for readinessProbes')
}

/** A liveness or startup probe. */
export function validateOneSuccessProbe(errors: FieldErrors, probe: Probe | undefined, path: string): void {
  validateProbe(errors, probe, path)
  requireOneSuccess(errors, probe, path)
}

export function validateReadinessProbe(errors: FieldErrors, probe: Probe | undefined, path: string): void {
  validateProbe(errors, probe, path)
  forbidGracePeriod(errors, probe, path)
}

export function validateLifecycle(errors: FieldErrors, container: Container, path: string, graceSeconds: number | undefined): void {
  const lifecycle = container.lifecycle as { postStart?: Handler; preStop?: Handler } | undefined
  if (lifecycle?.postStart) validateHandler(errors, lifecycle.postStart, `${path}.postStart`, graceSeconds)
  if (lifecycle?.preStop) validateHandler(errors, lifecycle.preStop, `${path}.preStop`, graceSeconds)
}
