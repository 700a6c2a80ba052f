/** The status of a pod or a namespace, for who writes it by hand. @source pkg/apis/core/validation Validate…StatusUpdate */
import { dns1123Subdomain, qualifiedName } from '../../name.ts'
import type { AnyObject, Container, ContainerStatus, Namespace, Pod } from '../../types.ts'
import type { FieldErrors } from '../field-errors.ts'
import { validateIp } from './network.ts'

/** Whether a container that ended may run again, going by how it ended. */
function mayRunAgain(policy: string | undefined, own: Container | undefined, exitCode: number): boolean {
  if (policy === 'Always' || own?.restartPolicy !== undefined) return true
  return policy === 'OnFailure' && exitCode !== 0
}

/** @source ValidateContainerStateTransition, ValidateInitContainerStateTransition */
function validateTransitions(errors: FieldErrors, pod: Pod, old: Pod, list: 'containerStatuses' | 'initContainerStatuses'): void {
  const now: readonly ContainerStatus[] = pod.status[list] ?? []
  const before: readonly ContainerStatus[] = old.status[list] ?? []
  const containers = (list === 'containerStatuses' ? old.spec.containers : old.spec.initContainers) ?? []
  now.forEach((container, i) => {
    const was = before.find(({ name }) => name === container.name)
    if (!was?.state?.terminated || container.state?.terminated) return
    const own = containers.find(({ name }) => name === container.name)
    if (!mayRunAgain(old.spec.restartPolicy, own, was.state.terminated.exitCode))
      errors.forbidden(`status.${list}[${i}].state`, 'may not be transitioned to non-terminated state')
  })
}

function validatePodStatus(errors: FieldErrors, pod: Pod, old: Pod): void {
  const { status } = pod
  for (const [i, { type }] of (status.conditions ?? []).entries())
    errors.invalidEach(`metadata.conditions[${i}].Type`, type, qualifiedName(type, errors.version))
  const nominated = status.nominatedNodeName
  if (nominated && nominated !== old.status.nominatedNodeName) errors.invalidEach('status.nominatedNodeName', nominated, dns1123Subdomain(nominated))
  if (status.qosClass && status.qosClass !== old.status.qosClass) errors.invalid('status.qosClass', status.qosClass, 'field is immutable')
  validateTransitions(errors, pod, old, 'containerStatuses')
  validateTransitions(errors, pod, old, 'initContainerStatuses')
  for (const [i, { ip }] of (status.podIPs ?? []).entries()) validateIp(errors, ip, `status.podIPs[${i}]`)
  for (const [i, { ip }] of (status.hostIPs ?? []).entries()) validateIp(errors, ip, `status.hostIPs[${i}]`)
}

function validateNamespaceStatus(errors: FieldErrors, { metadata, status }: Namespace): void {
  const phase = status?.phase ?? ''
  const [only, time] = metadata.deletionTimestamp ? ['Terminating', 'not empty'] : ['Active', 'empty']
  if (phase !== only) errors.invalid('status.Phase', phase, `may only be '${only}' if \`deletionTimestamp\` is ${time}`)
}

export function validateCoreStatus(errors: FieldErrors, object: AnyObject, old: AnyObject): void {
  if (object.kind === 'Pod') validatePodStatus(errors, object, old as Pod)
  if (object.kind === 'Namespace') validateNamespaceStatus(errors, { ...object, metadata: old.metadata })
}
