/** The spec of a pod or template. @source ValidatePodSpec, ValidatePodTemplateSpec; DS-15.20 … DS-15.40 */
import { dns1123Label, dns1123Subdomain, qualifiedName } from '../name.ts'
import type { PodSpec, PodTemplateSpec } from '../types.ts'
import { since } from '../version.ts'
import { validateAffinity, validateSpreadConstraints } from './affinity.ts'
import { validateContainers, validateInitContainers } from './container.ts'
import { validateHostNetworkPorts } from './container-ports.ts'
import type { FieldErrors } from './field-errors.ts'
import { validateAnnotations, validateLabels, validatePodAnnotations } from './metadata.ts'
import { rareChecks } from './rare/load.ts'
import { validateResources } from './resources.ts'
import { validatePodSecurityContext } from './security.ts'
import { validateTolerations } from './taint.ts'
import { validateVolumes } from './volume.ts'

const restartPolicies = ['Always', 'OnFailure', 'Never']
const dnsPolicies = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None']

function validateChoice(errors: FieldErrors, value: string | undefined, choices: readonly string[], path: string): void {
  if (!value) errors.required(path)
  else if (!choices.includes(value)) errors.notSupported(path, value, choices)
}

function validateGates(errors: FieldErrors, spec: PodSpec, path: string): void {
  spec.readinessGates?.forEach(({ conditionType = '' }, i) => {
    errors.invalidEach(`${path}.readinessGates[${i}].conditionType`, conditionType, qualifiedName(conditionType, errors.version))
  })
  const seen = new Set<string>()
  spec.schedulingGates?.forEach(({ name = '' }, i) => {
    const at = `${path}.schedulingGates[${i}]`
    errors.invalidEach(at, name, qualifiedName(name, errors.version))
    if (seen.has(name)) errors.duplicate(at, name)
    seen.add(name)
  })
}

function validateNames(errors: FieldErrors, spec: PodSpec, path: string): void {
  const { serviceAccountName, nodeName, activeDeadlineSeconds: deadline } = spec
  if (serviceAccountName) errors.invalidEach(`${path}.serviceAccountName`, serviceAccountName, dns1123Subdomain(serviceAccountName))
  if (nodeName) errors.invalidEach(`${path}.nodeName`, nodeName, dns1123Subdomain(nodeName))
  if (deadline !== undefined && (deadline < 1 || deadline > 2_147_483_647)) {
    errors.invalid(`${path}.activeDeadlineSeconds`, deadline, 'must be between 1 and 2147483647, inclusive')
  }
  for (const field of ['hostname', 'subdomain'] as const) {
    const name = spec[field]
    if (name) errors.invalidEach(`${path}.${field}`, name, dns1123Label(name, errors.version))
  }
}

function validatePriority(errors: FieldErrors, spec: PodSpec, path: string): void {
  const { priorityClassName, preemptionPolicy, overhead } = spec
  const { runtimeClassName } = spec as { runtimeClassName?: string }
  if (priorityClassName) errors.invalidEach(`${path}.priorityClassName`, priorityClassName, dns1123Subdomain(priorityClassName))
  if (runtimeClassName !== undefined) errors.invalidEach(`${path}.runtimeClassName`, runtimeClassName, dns1123Subdomain(runtimeClassName))
  if (preemptionPolicy !== undefined) {
    validateChoice(errors, preemptionPolicy, ['PreemptLowerPriority', 'Never'], `${path}.preemptionPolicy`)
  }
  if (overhead) validateResources(errors, { limits: overhead }, `${path}.overhead`)
}

/** Users of their own need the other namespaces too. @source validateHostUsers */
function validateHostUsers(errors: FieldErrors, spec: PodSpec, path: string): void {
  if (spec.hostUsers !== false || !since(errors.version, 'userNamespaces')) return
  const why = 'when `pod.Spec.HostUsers` is false'
  if (spec.hostNetwork) errors.forbidden(`${path}.hostNetwork`, why)
  if (spec.hostPID) errors.forbidden(`${path}.HostPID`, why)
  if (spec.hostIPC) errors.forbidden(`${path}.HostIPC`, why)
}

/** `pod`: the name of the pod, if it is one and not a template. */
export function validatePodSpec(errors: FieldErrors, spec: PodSpec, path: string, pod?: string): void {
  const rare = rareChecks()
  const volumes = validateVolumes(errors, spec.volumes, `${path}.volumes`)
  if (pod && spec.volumes?.some(({ ephemeral }) => ephemeral)) rare?.validateClaimsOfPod(errors, spec.volumes, pod, `${path}.volumes`)
  const { terminationGracePeriodSeconds: graceSeconds, restartPolicy, hostUsers } = spec
  const context = { volumes, graceSeconds, restartPolicy, sharesUsers: hostUsers !== false }
  const containers = spec.containers ?? []
  const checkHostPorts = (): void => {
    if (spec.hostNetwork) validateHostNetworkPorts(errors, containers, `${path}.containers`, pod !== undefined)
  }
  const early = since(errors.version, 'hostPortMismatchText')
  validateContainers(errors, containers, `${path}.containers`, context)
  validateInitContainers(errors, spec.initContainers, containers, `${path}.initContainers`, context)
  if (spec.resources) rare?.validatePodResources(errors, spec, `${path}.resources`)
  if (early) checkHostPorts()
  validateChoice(errors, spec.restartPolicy, restartPolicies, `${path}.restartPolicy`)
  validateChoice(errors, spec.dnsPolicy, dnsPolicies, `${path}.dnsPolicy`)
  validateLabels(errors, spec.nodeSelector, `${path}.nodeSelector`)
  if (!early) checkHostPorts()
  validatePodSecurityContext(errors, spec, `${path}.securityContext`)
  validateAffinity(errors, spec.affinity, `${path}.affinity`)
  if (spec.dnsPolicy === 'None' || 'dnsConfig' in spec) rare?.validateDns(errors, spec, `${path}.dnsConfig`)
  validateGates(errors, spec, path)
  validateSpreadConstraints(errors, spec.topologySpreadConstraints, `${path}.topologySpreadConstraints`)
  validateHostUsers(errors, spec, path)
  validateNames(errors, spec, path)
  validateTolerations(errors, spec.tolerations, `${path}.tolerations`)
  if ('hostAliases' in spec) rare?.validateHostAliases(errors, spec, `${path}.hostAliases`)
  validatePriority(errors, spec, path)
  if ('os' in spec) rare?.validateOs(errors, spec, path)
}

/** Labels of a template stand at `spec.template.labels` in messages (DS-15.20). */
export function validatePodTemplate(errors: FieldErrors, template: PodTemplateSpec, path: string): void {
  validateLabels(errors, template.metadata?.labels, `${path}.labels`)
  validateAnnotations(errors, template.metadata?.annotations, `${path}.annotations`)
  validatePodAnnotations(errors, template, `${path}.annotations`)
  validatePodSpec(errors, template.spec, `${path}.spec`)
  if (template.metadata?.annotations) rareChecks()?.validateProfilesMatch(errors, template.metadata.annotations, template.spec, `${path}.spec`)
  if (template.spec.ephemeralContainers?.length) {
    errors.forbidden(`${path}.spec.ephemeralContainers`, 'ephemeral containers not allowed in pod template')
  }
}

/** A disk that only one machine can write to. @source ValidateReadOnlyPersistentDisks; DS-15.40 */
export function validateReadOnlyDisks(errors: FieldErrors, spec: PodSpec, path: string): void {
  if (since(errors.version, 'gcePersistentDiskUnchecked')) return
  const detail = 'must be true for replicated pods > 1; GCE PD can only be mounted on multiple machines if it is read-only'
  spec.volumes?.forEach((volume, i) => {
    const disk = volume.gcePersistentDisk as { readOnly?: boolean } | undefined
    if (disk && !disk.readOnly) errors.invalid(`${path}.volumes[${i}].gcePersistentDisk.readOnly`, false, detail)
  })
}
