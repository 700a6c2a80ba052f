import { type Placed, placedContainers } from '../placed-containers.ts'
import { toMilli } from '../quantity.ts'
import type { ContainerPort, PodSpec, ResourceList, StringMap } from '../types.ts'
import { type KubernetesVersion, since } from '../version.ts'

/** Bytes come in whole ones. */
export function fractionalBytes(list: ResourceList | undefined, name: string, path: string): string[] {
  const quantity = list?.[name]
  if (quantity === undefined || toMilli(quantity) % 1000 === 0) return []
  return [`${path}[${name}]: fractional byte value ${JSON.stringify(quantity)} is invalid, must be an integer`]
}

/** A variable may build on the one of its name before it, not only hide it. */
function hides(name: string, value: string, from: unknown): boolean {
  const reference = `$(${name})`
  return from !== undefined || value === reference || !value.includes(reference)
}

function warningsForEnv({ container: { env = [] }, at }: Placed, version: KubernetesVersion): string[] {
  const seen = new Set<string>()
  return env.flatMap(({ name, value = '', valueFrom }, i) => {
    if (!seen.has(name)) {
      seen.add(name)
      return []
    }
    if (!since(version, 'envHidesWarning')) return [`${at}.env[${i}].name: duplicate name ${JSON.stringify(name)}`]
    if (!hides(name, value, valueFrom)) return []
    const more = since(version, 'envMayBeDroppedWarning') ? ', which may be dropped when using apply' : ''
    return [`${at}.env[${i}]: hides previous definition of ${JSON.stringify(name)}${more}`]
  })
}

const seccompPrefix = 'container.seccomp.security.alpha.kubernetes.io/'
const appArmorPrefix = 'container.apparmor.security.beta.kubernetes.io/'

type Profiles = { seccompProfile?: unknown; appArmorProfile?: unknown } | undefined

export function seccompText(key: string, path: string, version: KubernetesVersion): string {
  const state = since(version, 'seccompAnnotationsGone') ? 'non-functional in v1.27+' : 'deprecated since v1.19, non-functional in a future release'
  return `${path}metadata.annotations[${key}]: ${state}; use the "seccompProfile" field instead`
}

/** What is said of each container. `path` is that of its template, with a full stop. */
export function warningsForContainers(spec: PodSpec, annotations: StringMap, path: string, version: KubernetesVersion): string[] {
  return placedContainers(spec, `${path}spec`).flatMap((placed) => {
    const { container, at } = placed
    const own = container.securityContext as Profiles
    const { limits, requests } = container.resources ?? {}
    const warnings: string[] = []
    const seccomp = seccompPrefix + container.name
    if (!own?.seccompProfile && Object.hasOwn(annotations, seccomp)) warnings.push(seccompText(seccomp, path, version))
    const appArmor = appArmorPrefix + container.name
    const hasField = own?.appArmorProfile ?? (spec.securityContext as Profiles)?.appArmorProfile
    if (since(version, 'appArmorFields') && !hasField && Object.hasOwn(annotations, appArmor))
      warnings.push(`${path}metadata.annotations[${appArmor}]: deprecated since v1.30; use the "appArmorProfile" field instead`)
    for (const name of ['memory', 'ephemeral-storage'])
      warnings.push(...fractionalBytes(limits, name, `${at}.resources.limits`), ...fractionalBytes(requests, name, `${at}.resources.requests`))
    return [...warnings, ...warningsForEnv(placed, version)]
  })
}

/** As Go prints the struct. */
const portText = ({ name = '', hostPort = 0, containerPort, protocol = '', hostIP = '' }: ContainerPort): string =>
  `{Name:${name} HostPort:${hostPort} ContainerPort:${containerPort} Protocol:${protocol} HostIP:${hostIP}}`

function clash(a: ContainerPort, b: ContainerPort): string | undefined {
  const [ipA = '', ipB = ''] = [a.hostIP, b.hostIP]
  const [hostA = 0, hostB = 0] = [a.hostPort, b.hostPort]
  if (ipA === ipB && hostA === hostB) return 'duplicate'
  if (hostA === 0 || hostB === 0) return 'overlapping'
  return hostA === hostB && (ipA === '') !== (ipB === '') ? 'dangerously ambiguous' : undefined
}

/** Ports of all containers that are the same, or nearly. */
export function warningsForPorts(spec: PodSpec, path: string, checksNames: boolean): string[] {
  const names = new Map<string, string>()
  const seen: { port: ContainerPort; at: string }[] = []
  return placedContainers(spec, path).flatMap(({ container, at }) =>
    (container.ports ?? []).flatMap((port, i) => {
      const here = `${at}.ports[${i}]`
      const others = seen.filter((other) => other.port.containerPort === port.containerPort && other.port.protocol === port.protocol)
      seen.push({ port, at: here })
      const alone = port.hostIP && !port.hostPort ? [`${here}: hostIP set without hostPort: ${portText(port)}`] : []
      const clashes = others.flatMap((other) => {
        const how = clash(port, other.port)
        return how ? [`${here}: ${how} port definition with ${other.at}`] : []
      })
      const { name } = port
      const first = name && names.get(name)
      if (name && !first) names.set(name, here)
      const use = `services and probes that select ports by name will use ${first}`
      return [...alone, ...clashes, ...(first && checksNames ? [`${here}: duplicate port name ${JSON.stringify(name)} with ${first}, ${use}`] : [])]
    }),
  )
}
