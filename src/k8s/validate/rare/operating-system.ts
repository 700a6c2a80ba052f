import { placedContainers } from '../../placed-containers.ts'
import type { PodSpec } from '../../types.ts'
import type { FieldErrors } from '../field-errors.ts'

type Fields = Readonly<Record<string, unknown>>

const notOnWindows = 'cannot be set for a windows pod'
const notOnLinux = 'windows options cannot be set for a linux pod'
const inContext = 'securityContext.'

/** What a Windows pod cannot have, in the order in which it is checked. */
const ofPod = [
  ...['appArmorProfile', 'seLinuxOptions'].map((field) => inContext + field),
  ...['hostUsers', 'hostPID', 'hostIPC'],
  ...['seccompProfile', 'fsGroup', 'fsGroupChangePolicy', 'sysctls'].map((field) => inContext + field),
  'shareProcessNamespace',
  ...['runAsUser', 'runAsGroup', 'supplementalGroups', 'supplementalGroupsPolicy', 'seLinuxChangePolicy'].map((field) => inContext + field),
]
const ofContainer = [
  ...['appArmorProfile', 'seLinuxOptions', 'seccompProfile', 'capabilities', 'readOnlyRootFilesystem', 'privileged'],
  ...['allowPrivilegeEscalation', 'procMount', 'runAsUser', 'runAsGroup'],
]

/** Fields that are no pointers count when they are true, and lists when they have something in them. */
function isSet(field: string, value: unknown): boolean {
  if (field === 'hostPID' || field === 'hostIPC') return value === true
  return Array.isArray(value) ? value.length > 0 : value !== undefined
}

function forbid(errors: FieldErrors, fields: readonly string[], fieldOf: (field: string) => unknown, path: string, text: string): void {
  for (const field of fields) if (isSet(field, fieldOf(field))) errors.forbidden(`${path}.${field}`, text)
}

/** @source validateOS, validateLinux, validateWindows */
export function validateOs(errors: FieldErrors, spec: PodSpec, path: string): void {
  const { os } = spec as { os?: { name?: string } }
  if (!os) return
  const { name = '' } = os
  if (name === '') errors.required(`${path}.os.name`, 'cannot be empty')
  else if (name !== 'linux' && name !== 'windows') errors.notSupported(`${path}.os`, name, ['linux', 'windows'])
  else {
    const isLinux = name === 'linux'
    const text = isLinux ? notOnLinux : notOnWindows
    const context = (spec.securityContext ?? {}) as Fields
    const fieldOf = (field: string) => (field.startsWith(inContext) ? context[field.slice(inContext.length)] : (spec as unknown as Fields)[field])
    forbid(errors, isLinux ? [`${inContext}windowsOptions`] : ofPod, fieldOf, path, text)
    for (const { container, at } of placedContainers(spec, path)) {
      const own = (container.securityContext ?? {}) as Fields
      forbid(errors, isLinux ? ['windowsOptions'] : ofContainer, (field) => own[field], `${at}.securityContext`, text)
    }
  }
}
