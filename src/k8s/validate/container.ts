/** Containers of a pod, of all sorts. @source validateContainers, validateInitContainers, validateContainerCommon; DS-15.22 … DS-15.31 */
import { dns1123Label } from '../name.ts'
import type { Container, Volume } from '../types.ts'
import { since } from '../version.ts'
import { checkHostPortConflicts, validateContainerPorts } from './container-ports.ts'
import { validateEnv, validateEnvFrom } from './env.ts'
import type { FieldErrors } from './field-errors.ts'
import { structValue } from './go-value.ts'
import { validateLocalPath } from './local-path.ts'
import { forbidGracePeriod, requireOneSuccess, validateLifecycle, validateOneSuccessProbe, validateProbe, validateReadinessProbe } from './probe.ts'
import { pullPolicies } from './pull-policies.ts'
import { rareChecks } from './rare/load.ts'
import { validateResources } from './resources.ts'
import { validateSecurityContext } from './security.ts'

export interface ContainerContext {
  volumes: ReadonlyMap<string, Volume>
  graceSeconds: number | undefined
  /** Of the pod. */
  restartPolicy: string | undefined
  sharesUsers: boolean
}

function validateName(errors: FieldErrors, container: Container, path: string): void {
  if (!container.name) errors.required(`${path}.name`)
  else errors.invalidEach(`${path}.name`, container.name, dns1123Label(container.name, errors.version))
}

function validateTerminationPolicy(errors: FieldErrors, container: Container, path: string): void {
  const policy = container.terminationMessagePolicy
  const at = `${path}.terminationMessagePolicy`
  if (policy === 'File' || policy === 'FallbackToLogsOnError') return
  const shared = since(errors.version, 'containerChecksShared')
  const text = "must be 'File' or 'FallbackToLogsOnError'"
  if (!policy) errors.required(at, shared ? '' : text)
  else if (shared) errors.notSupported(at, policy, ['File', 'FallbackToLogsOnError'])
  else errors.invalid(at, policy, text)
}

/** @source ValidateVolumeMounts; DS-15.28 */
function validateVolumeMounts(errors: FieldErrors, container: Container, path: string, volumes: ReadonlyMap<string, Volume>): void {
  const mounted = new Set<string>()
  container.volumeMounts?.forEach(({ name = '', mountPath = '', subPath, subPathExpr, mountPropagation }, i) => {
    const at = `${path}[${i}]`
    if (!name) errors.required(`${at}.name`)
    if (!volumes.has(name)) errors.notFound(`${at}.name`, name)
    if (!mountPath) errors.required(`${at}.mountPath`)
    if (mounted.has(mountPath)) errors.invalid(`${at}.mountPath`, mountPath, 'must be unique')
    mounted.add(mountPath)
    if (container.volumeDevices?.some((device) => device.name === name)) {
      errors.invalid(`${at}.name`, name, 'must not already exist in volumeDevices')
    }
    if (container.volumeDevices?.some((device) => device.devicePath === mountPath)) {
      errors.invalid(`${at}.mountPath`, mountPath, 'must not already exist as a path in volumeDevices')
    }
    if (subPath) validateLocalPath(errors, subPath, `${path}.subPath`)
    if (subPathExpr) {
      if (subPath) errors.invalid(`${at}.subPathExpr`, subPathExpr, 'subPathExpr and subPath are mutually exclusive')
      validateLocalPath(errors, subPathExpr, `${path}.subPathExpr`)
    }
    if (mountPropagation !== undefined) validateMountPropagation(errors, mountPropagation, container, `${path}.mountPropagation`)
  })
}

const propagations = ['Bidirectional', 'HostToContainer', 'None']

/** @source validateMountPropagation */
function validateMountPropagation(errors: FieldErrors, propagation: string, container: Container, path: string): void {
  if (!propagations.includes(propagation)) errors.notSupported(path, propagation, propagations)
  const { privileged } = (container.securityContext ?? {}) as { privileged?: boolean }
  if (propagation === 'Bidirectional' && !privileged) {
    errors.forbidden(path, 'Bidirectional mount propagation is available only to privileged containers')
  }
}

/** The part of the checks that stands in the same order in all versions. */
function validateContents(errors: FieldErrors, container: Container, path: string, context: ContainerContext): void {
  validateContainerPorts(errors, container.ports, `${path}.ports`)
  validateEnv(errors, container.env, `${path}.env`)
  validateEnvFrom(errors, container.envFrom, `${path}.envFrom`)
  validateVolumeMounts(errors, container, `${path}.volumeMounts`, context.volumes)
  if (container.volumeDevices) rareChecks()?.validateVolumeDevices(errors, container, `${path}.volumeDevices`, context.volumes)
  const policy = container.imagePullPolicy
  if (!policy) errors.required(`${path}.imagePullPolicy`)
  else if (!pullPolicies.includes(policy)) errors.notSupported(`${path}.imagePullPolicy`, policy, pullPolicies)
  validateResources(errors, container.resources, `${path}.resources`)
  const { resizePolicy } = container as { resizePolicy?: object[] }
  if (resizePolicy) rareChecks()?.validateResizePolicy(errors, resizePolicy, `${path}.resizePolicy`, context.restartPolicy)
  validateSecurityContext(errors, container.securityContext, `${path}.securityContext`, context.sharesUsers)
}

function validateImage(errors: FieldErrors, container: Container, path: string): void {
  if (!container.image) errors.required(`${path}.image`)
}

function validateCommon(errors: FieldErrors, container: Container, path: string, context: ContainerContext): void {
  validateName(errors, container, path)
  validateImage(errors, container, path)
  validateTerminationPolicy(errors, container, path)
  validateContents(errors, container, path, context)
}

function validateHooks(errors: FieldErrors, container: Container, path: string, context: ContainerContext): void {
  validateLifecycle(errors, container, `${path}.lifecycle`, context.graceSeconds)
  validateOneSuccessProbe(errors, container.livenessProbe, `${path}.livenessProbe`)
  validateReadinessProbe(errors, container.readinessProbe, `${path}.readinessProbe`)
  validateOneSuccessProbe(errors, container.startupProbe, `${path}.startupProbe`)
}

/** Before the checks of all containers were shared: name, duplicate, image, probes, then the rest. */
function validateOld(errors: FieldErrors, container: Container, path: string, context: ContainerContext, names: Set<string>): void {
  validateName(errors, container, path)
  if (names.has(container.name)) errors.duplicate(`${path}.name`, container.name ?? '')
  names.add(container.name)
  validateImage(errors, container, path)
  validateLifecycle(errors, container, `${path}.lifecycle`, context.graceSeconds)
  validateProbe(errors, container.livenessProbe, `${path}.livenessProbe`)
  forbidGracePeriod(errors, container.readinessProbe, `${path}.readinessProbe`)
  requireOneSuccess(errors, container.livenessProbe, `${path}.livenessProbe`)
  validateOneSuccessProbe(errors, container.startupProbe, `${path}.startupProbe`)
  validateTerminationPolicy(errors, container, path)
  validateProbe(errors, container.readinessProbe, `${path}.readinessProbe`)
  validateContents(errors, container, path, context)
}

function validateRules(errors: FieldErrors, container: Container, path: string): void {
  if (container.restartPolicy !== undefined || 'restartPolicyRules' in container) rareChecks()?.validateRestartRules(errors, container, path)
}

export function validateContainers(errors: FieldErrors, containers: readonly Container[] | undefined, path: string, context: ContainerContext): void {
  if (!containers?.length) {
    errors.required(path)
    return
  }
  const names = new Set<string>()
  const shared = since(errors.version, 'containerChecksShared')
  const hasRules = since(errors.version, 'containerRestartRules')
  containers.forEach((container, i) => {
    const at = `${path}[${i}]`
    if (!shared) {
      validateOld(errors, container, at, context, names)
      return
    }
    validateCommon(errors, container, at, context)
    if (names.has(container.name)) errors.duplicate(`${at}.name`, container.name ?? '')
    names.add(container.name)
    validateHooks(errors, container, at, context)
    if (hasRules) validateRules(errors, container, at)
    else if (container.restartPolicy !== undefined) errors.forbidden(`${at}.restartPolicy`, 'may not be set for non-init containers')
  })
  checkHostPortConflicts(errors, containers, path)
}

const hooks = ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'] as const

function forbidHooks(errors: FieldErrors, container: Container, path: string): void {
  const newText = since(errors.version, 'initContainerProbesText')
  for (const hook of hooks) {
    if (container[hook] === undefined) continue
    if (newText) errors.forbidden(`${path}.${hook}`, 'may not be set for init containers without restartPolicy=Always')
    else {
      const type = hook === 'lifecycle' ? 'core.Lifecycle' : 'core.Probe'
      errors.invalid(`${path}.${hook}`, structValue(type, container[hook] as object), 'must not be set for init containers')
    }
  }
}

/** Init containers share names with the regular ones. */
export function validateInitContainers(
  errors: FieldErrors,
  containers: readonly Container[] | undefined,
  regular: readonly Container[],
  path: string,
  context: ContainerContext,
): void {
  if (!containers?.length) return
  const names = new Set(regular.map((container) => container.name))
  const shared = since(errors.version, 'containerChecksShared')
  const hasRules = since(errors.version, 'containerRestartRules')
  const own = new Set<string>()
  if (!shared) {
    containers.forEach((container, i) => {
      validateOld(errors, container, `${path}[${i}]`, context, own)
    })
    for (const container of containers) checkHostPortConflicts(errors, [container], path)
  }
  containers.forEach((container, i) => {
    const at = `${path}[${i}]`
    if (shared) validateCommon(errors, container, at, context)
    const policy = container.restartPolicy
    if (hasRules) validateRules(errors, container, at)
    else if (policy !== undefined && policy !== 'Always') errors.notSupported(`${at}.restartPolicy`, policy, ['Always'])
    if (names.has(container.name)) errors.duplicate(`${at}.name`, container.name ?? '')
    else if (container.name) names.add(container.name)
    if (shared) checkHostPortConflicts(errors, [container], path)
    if (policy === 'Always') validateHooks(errors, container, at, context)
    else forbidHooks(errors, container, at)
  })
}
