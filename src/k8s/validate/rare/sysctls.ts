import type { PodSpec } from '../../types.ts'
import { since } from '../../version.ts'
import type { FieldErrors } from '../field-errors.ts'

const sysctlName = /^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$/
const sysctlText = 'must have at most 253 characters and match regex ^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$'
const netSysctl = /^net[./]/
const ipcSysctl = /^(kernel[./](sem$|shm|msg)|fs[./]mqueue[./])/

/** The namespace of the node that the kernel keeps the setting for, if the pod is in it. @source ValidateHostSysctl */
function sharedNamespace({ hostNetwork, hostIPC }: PodSpec, sysctl: string): string | undefined {
  if (hostNetwork && netSysctl.test(sysctl)) return 'hostNetwork'
  return hostIPC && ipcSysctl.test(sysctl) ? 'hostIPC' : undefined
}

/** @source validateSysctls */
export function validateSysctls(errors: FieldErrors, sysctls: readonly { name?: string }[], spec: PodSpec, path: string): void {
  sysctls.forEach(({ name = '' }, i) => {
    const at = `${path}[${i}].name`
    if (!name) errors.required(at)
    else if (name.length > 253 || !sysctlName.test(name)) errors.invalid(at, name, sysctlText)
    else if (sysctls.slice(0, i).some((other) => other.name === name)) errors.duplicate(at, name)
    const shared = sharedNamespace(spec, name)
    if (shared && since(errors.version, 'hostSysctls')) errors.invalid(at, name, `may not be specified when '${shared}' is true`)
  })
}
