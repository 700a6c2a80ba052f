/** Services, priority classes, revisions. */
import { canonicalJson } from '../hash.ts'
import { dns1123Label, portName } from '../name.ts'
import type { ControllerRevision, PriorityClass, Service } from '../types.ts'
import type { FieldErrors } from './field-errors.ts'
import { nullValue, servicePortValue } from './go-value.ts'
import { validateLabels } from './metadata.ts'
import { isPortNumber, portRange } from './probe.ts'

const protocols = ['SCTP', 'TCP', 'UDP']
const affinities = ['ClientIP', 'None']
const serviceTypes = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort']

/** Addresses and policies are not checked: nothing routes by them. @source ValidateService */
export function validateService(errors: FieldErrors, service: Service): void {
  const { type = '', ports = [], selector, clusterIP, sessionAffinity = '' } = service.spec
  if (!ports.length && clusterIP !== 'None' && type !== 'ExternalName') errors.required('spec.ports')
  ports.forEach((port, i) => {
    const at = `spec.ports[${i}]`
    if (ports.length > 1 && !port.name) errors.required(`${at}.name`)
    if (port.name) {
      errors.invalidEach(`${at}.name`, port.name, dns1123Label(port.name, errors.version))
      if (ports.slice(0, i).some((other) => other.name === port.name)) errors.duplicate(`${at}.name`, port.name)
    }
    if (!isPortNumber(port.port ?? 0)) errors.invalid(`${at}.port`, port.port ?? 0, portRange)
    if (!protocols.includes(port.protocol ?? '')) errors.notSupported(`${at}.protocol`, port.protocol ?? '', protocols)
    const { targetPort } = port
    if (typeof targetPort === 'number' && !isPortNumber(targetPort)) errors.invalid(`${at}.targetPort`, targetPort, portRange)
    if (typeof targetPort === 'string') errors.invalidEach(`${at}.targetPort`, targetPort, portName(targetPort, errors.version))
  })
  validateLabels(errors, selector, 'spec.selector')
  if (!affinities.includes(sessionAffinity)) errors.notSupported('spec.sessionAffinity', sessionAffinity, affinities)
  if (!serviceTypes.includes(type)) errors.notSupported('spec.type', type, serviceTypes)
  ports.forEach(({ port, protocol }, i) => {
    if (ports.slice(0, i).some((other) => other.port === port && other.protocol === protocol))
      errors.duplicate(`spec.ports[${i}]`, servicePortValue(port, protocol))
  })
}

const highestUserPriority = 1_000_000_000
const systemValues: Readonly<Record<string, number>> = { 'system-node-critical': 2_000_001_000, 'system-cluster-critical': 2_000_000_000 }

/** Why a class may not have a system class's name; undefined: it is that class. @source pkg/apis/scheduling/v1/helpers.go IsKnownSystemPriorityClass */
function systemClassError(name: string, { value = 0, globalDefault = false }: PriorityClass): string | undefined {
  const known = systemValues[name]
  if (known === undefined) return `${name} is not a known system priority class`
  if (value !== known) return `value of ${name} PriorityClass must be ${known}`
  return globalDefault ? `globalDefault of ${name} PriorityClass must be false` : undefined
}

/** @source pkg/apis/scheduling/validation ValidatePriorityClass */
export function validatePriorityClass(errors: FieldErrors, priority: PriorityClass): void {
  const { name = '' } = priority.metadata
  if (name.startsWith('system-')) {
    const why = systemClassError(name, priority)
    if (why) errors.forbidden('metadata.name', `priority class names with 'system-' prefix are reserved for system use only. error: ${why}`)
  } else if ((priority.value ?? 0) > highestUserPriority) {
    errors.forbidden('value', `maximum allowed value of a user defined priority is ${highestUserPriority}`)
  }
  const policy: string | undefined = priority.preemptionPolicy
  if (policy === '') errors.required('preemptionPolicy')
  else if (policy && policy !== 'PreemptLowerPriority' && policy !== 'Never') {
    errors.notSupported('preemptionPolicy', policy, ['PreemptLowerPriority', 'Never'])
  }
}

/** @source ValidatePriorityClassUpdate */
export function validatePriorityClassUpdate(errors: FieldErrors, priority: PriorityClass, old: PriorityClass): void {
  if ((priority.value ?? 0) !== (old.value ?? 0)) errors.forbidden('value', 'may not be changed in an update.')
  if (priority.preemptionPolicy !== old.preemptionPolicy)
    errors.invalid('preemptionPolicy', priority.preemptionPolicy ?? nullValue, 'field is immutable')
}

/** @source ValidateControllerRevision */
export function validateControllerRevision(errors: FieldErrors, revision: ControllerRevision): void {
  if (!revision.data) errors.required('data', 'data is mandatory')
  errors.nonNegative('revision', revision.revision)
}

/** @source ValidateControllerRevisionUpdate */
export function validateControllerRevisionUpdate(errors: FieldErrors, revision: ControllerRevision, old: ControllerRevision): void {
  validateControllerRevision(errors, revision)
  if (canonicalJson(revision.data ?? null) === canonicalJson(old.data ?? null)) return
  errors.invalid('data', { go: 'runtime.RawExtension{…}', json: canonicalJson(revision.data ?? null) }, 'field is immutable')
}
