/** How checks of the Pod Security Standards look at a pod. @source k8s.io/pod-security-admission/policy visitor.go, helpers.go */
import type { Container, PodSpec, StringMap } from '../types.ts'

/** A pod, or a template of pods, that is examined. Versions are minor ones: of the policy, and of the API server. */
export interface Examined {
  spec: PodSpec
  annotations: StringMap
  policy: number
  server: number
}

/** What is wrong in short, and where. */
export type Violation = readonly [reason: string, detail: string]

export type Check = (pod: Examined) => Violation | undefined

export interface Profile {
  type?: string
}

export interface Context {
  privileged?: boolean
  allowPrivilegeEscalation?: boolean
  procMount?: string
  runAsNonRoot?: boolean
  runAsUser?: number
  capabilities?: { add?: string[]; drop?: string[] }
  seccompProfile?: Profile
  appArmorProfile?: Profile
  seLinuxOptions?: Profile & { user?: string; role?: string }
  windowsOptions?: { hostProcess?: boolean }
  sysctls?: { name: string }[]
}

type Holder = { securityContext?: unknown }

export const contextOf = (holder: Holder): Context => (holder.securityContext ?? {}) as Context
export const quoted = (items: readonly string[]): string => items.map((item) => `"${item}"`).join(', ')
export const plural = (one: string, { length }: readonly string[]): string => (length === 1 ? one : `${one}s`)
export const some = (one: string, names: readonly string[]): string => `${plural(one, names)} ${quoted(names)}`
export const use = (names: readonly string[]): string => (names.length === 1 ? 'uses' : 'use')
export const sorted = (items: readonly string[]): string[] => [...new Set(items)].sort()
export const except = (items: readonly string[] | undefined, allowed: readonly string[]): string[] =>
  (items ?? []).filter((item) => !allowed.includes(item))

/** All containers, in the order in which they are looked at. */
export function containersOf({ spec }: Pick<Examined, 'spec'>): Container[] {
  return [...(spec.initContainers ?? []), ...spec.containers, ...(spec.ephemeralContainers ?? [])]
}

/** Forbids containers that have values of a kind. */
export function inContainers(
  reason: string,
  valuesOf: (container: Container) => string[],
  text: (values: string[], names: string[]) => string,
  namesInOrder: (names: string[]) => string[] = (names) => names,
): Check {
  return (pod) => {
    const bad = containersOf(pod).filter((container) => valuesOf(container).length)
    const names = namesInOrder(bad.map(({ name }) => name))
    return bad.length ? [reason, `${some('container', names)} ${text(sorted(bad.flatMap(valuesOf)), names)}`] : undefined
  }
}

/** For what is said without its value. */
export const when = (is: boolean): string[] => (is ? [''] : [])

/** Who has bad values: the pod itself, and its containers. */
export function setters(pod: Examined, valuesOf: (context: Context) => string[]): { who: string[]; values: string[] } {
  const bad = (holder: Holder) => valuesOf(contextOf(holder))
  const names = containersOf(pod).flatMap((container) => (bad(container).length ? [container.name] : []))
  const who = [...(bad(pod.spec).length ? ['pod'] : []), ...(names.length ? [some('container', names)] : [])]
  return { who, values: sorted([pod.spec, ...containersOf(pod)].flatMap(bad)) }
}

/** Forbids values of a kind in pods and their containers. */
export function anywhere(reason: string, valuesOf: (context: Context) => string[], text: (values: string[]) => string): Check {
  return (pod) => {
    const { who, values } = setters(pod, valuesOf)
    return who.length ? [reason, `${who.join(' and ')} ${text(values)}`] : undefined
  }
}

const profiles = ['RuntimeDefault', 'Localhost']
export const wrongProfile = (profile: Profile | undefined): string[] => (profile ? except([profile.type ?? ''], profiles) : [])

const added = (values: string[]): string => `must not include ${quoted(values)} in securityContext.capabilities.add`
export const adding = (reason: string, allowed: string[]): Check =>
  inContainers(reason, (container) => except(contextOf(container).capabilities?.add, allowed), added)

export const procMount = inContainers(
  'procMount',
  (container) => except([contextOf(container).procMount ?? 'Default'], ['Default']),
  (values) => `must not set securityContext.procMount to ${quoted(values)}`,
)

export const seccomp = anywhere(
  'seccompProfile',
  ({ seccompProfile }) => wrongProfile(seccompProfile),
  (values) => `must not set securityContext.seccompProfile.type to ${quoted(values)}`,
)

/** Since 1.35 a pod with users of its own may be root among them. */
export const unlessOwnUsers =
  (check: Check): Check =>
  (pod) =>
    pod.policy >= 35 && (pod.spec as { hostUsers?: boolean }).hostUsers === false ? undefined : check(pod)
