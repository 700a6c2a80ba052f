/** What a request to a pod's part `resize` may change. @source pkg/apis/core/validation/validation.go ValidatePodResize */
import type { StatusCause } from '../api-error.ts'
import { canonicalJson } from '../hash.ts'
import { qosClass } from '../pod-resources.ts'
import { compareQuantities } from '../quantity.ts'
import { isSidecar } from '../sidecar.ts'
import type { Container, Pod, ResourceList, ResourceRequirements } from '../types.ts'
import { type KubernetesVersion, since } from '../version.ts'
import { FieldErrors } from './field-errors.ts'
import { validateObjectMetaUpdate } from './metadata.ts'
import { validateSpec } from './pod.ts'

const mutable = ['cpu', 'memory']

const isRemoved = (list: ResourceList = {}, old: ResourceList = {}): boolean => Object.keys(old).some((name) => list[name] === undefined)

function validateMemoryLimit(errors: FieldErrors, { resources, resizePolicy }: Container, old: ResourceRequirements, path: string): void {
  if (since(errors.version, 'memoryLimitLowered')) return
  if (resizePolicy?.find((policy) => policy.resourceName === 'memory')?.restartPolicy === 'RestartContainer') return
  const [limit, before] = [resources?.limits?.memory, old.limits?.memory]
  if (limit === undefined) return
  const isLess = before !== undefined && compareQuantities(limit, before) < 0
  const verb = before === undefined ? 'added' : isLess ? 'decreased' : undefined
  if (verb) errors.forbidden(`${path}.limits[memory]`, `memory limits cannot be ${verb} unless resizePolicy is RestartContainer`)
}

function validateContainerResize(errors: FieldErrors, { container, old: { resources: old = {} }, path }: Pair): void {
  if (isRemoved(container.resources?.requests, old.requests)) errors.forbidden(`${path}.requests`, 'resource requests cannot be removed')
  if (isRemoved(container.resources?.limits, old.limits)) errors.forbidden(`${path}.limits`, 'resource limits cannot be removed')
  validateMemoryLimit(errors, container, old, path)
}

/** The list with cpu and memory as they were. */
function munged(list: ResourceList | undefined, old: ResourceList | undefined): ResourceList {
  if (!old) return {}
  const others = Object.entries(list ?? {}).filter(([name]) => !mutable.includes(name))
  return Object.fromEntries([...others, ...Object.entries(old).filter(([name]) => mutable.includes(name))])
}

const isSame = (a: unknown, b: unknown): boolean => canonicalJson(a) === canonicalJson(b)

/** Whether containers differ in more than their cpu and memory. */
function isOtherChange({ resources, ...rest }: Container, { resources: old, ...before }: Container): boolean {
  // claims of devices are not even kept
  const { requests = {}, limits = {}, ...claims } = old ?? {}
  const own = { limits: munged(resources?.limits, old?.limits), requests: munged(resources?.requests, old?.requests) }
  return !isSame(rest, before) || !isSame(own, { limits, requests, ...claims })
}

/** A kubelet that can do it says of each running container what it has. */
function isSupported({ status }: Pod): boolean {
  const running = status.containerStatuses?.find(({ state }) => state.running)
  return !running || running.resources !== undefined
}

interface Pair {
  readonly container: Container
  readonly old: Container
  readonly path: string
}

const pairs = (list: readonly Container[] = [], old: readonly Container[] = [], path: string): Pair[] =>
  old.map((before, i) => ({ container: list[i] as Container, old: before, path: `${path}[${i}].resources` }))

/** Everything wrong with a pod whose resources are to replace those of `old`; nothing but them and their policies may differ. */
export function validatePodResize(pod: Pod, old: Pod, version: KubernetesVersion): StatusCause[] {
  const errors = new FieldErrors(version)
  const whole = old.spec.resources
  if (Object.keys({ ...whole?.requests, ...whole?.limits }).length > 0) {
    errors.forbidden('', 'pods with pod-level resources cannot be resized')
    return errors.causes
  }
  validateObjectMetaUpdate(errors, pod, old)
  validateSpec(errors, pod)
  const before = old.status.qosClass ?? qosClass(old.spec)
  if (qosClass(pod.spec) !== before) errors.invalid('spec', before, 'Pod QOS Class may not change as a result of resizing')
  if (!isSupported(old)) errors.forbidden('spec', 'Pod running on node without support for resize')
  const inits = pairs(pod.spec.initContainers, old.spec.initContainers, 'spec.initContainers')
  const own = pairs(pod.spec.containers, old.spec.containers, 'spec.containers')
  for (const pair of [...inits.filter((p) => isSidecar(p.old)), ...own]) validateContainerResize(errors, pair)
  for (const { container, old: was } of own) if (isOtherChange(container, was)) errors.forbidden('spec', 'only cpu and memory resources are mutable')
  for (const { container, old: was } of inits)
    if (isSidecar(was)) {
      if (isOtherChange(container, was)) errors.forbidden('spec', 'only cpu and memory resources for sidecar containers are mutable')
    } else if (!isSame(container, was)) errors.forbidden('spec', 'resources for non-sidecar init containers are immutable')
  return errors.causes
}
