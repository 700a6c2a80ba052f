/** What a pod asks of a node, and its quality-of-service class. */
import { addQuantities, compareQuantities, toMilli, toValue } from './quantity.ts'
import { isSidecar } from './sidecar.ts'
import type { Container, PodSpec, ResourceList } from './types.ts'

export interface PodRequests {
  cpuMillis: number
  memoryBytes: number
  ephemeralBytes: number
  /** Other resources by name, in whole units. */
  extended: Readonly<Record<string, number>>
}

const nothing: PodRequests = { cpuMillis: 0, memoryBytes: 0, ephemeralBytes: 0, extended: {} }

function requestsOf(list: ResourceList | undefined): PodRequests {
  if (!list) return nothing
  const result = { cpuMillis: 0, memoryBytes: 0, ephemeralBytes: 0, extended: {} as Record<string, number> }
  for (const name in list) {
    const quantity = list[name] as string
    if (name === 'cpu') result.cpuMillis = toMilli(quantity)
    else if (name === 'memory') result.memoryBytes = toValue(quantity)
    else if (name === 'ephemeral-storage') result.ephemeralBytes = toValue(quantity)
    else result.extended[name] = toValue(quantity)
  }
  return result
}

function combine(a: PodRequests, b: PodRequests, join: (a: number, b: number) => number): PodRequests {
  if (b === nothing) return a
  if (a === nothing) return b
  const extended: Record<string, number> = { ...a.extended }
  for (const name in b.extended) extended[name] = join(extended[name] ?? 0, b.extended[name] as number)
  return {
    cpuMillis: join(a.cpuMillis, b.cpuMillis),
    memoryBytes: join(a.memoryBytes, b.memoryBytes),
    ephemeralBytes: join(a.ephemeralBytes, b.ephemeralBytes),
    extended,
  }
}

const add = (a: number, b: number): number => a + b

/** Sum of the containers, or the largest init container if that is more; sidecars count on both sides. */
function totalRequests(spec: PodSpec, ofContainer: (container: Container) => PodRequests): PodRequests {
  let total = nothing
  for (const container of spec.containers) total = combine(total, ofContainer(container), add)
  let sidecars = nothing
  let largest = nothing
  for (const container of spec.initContainers ?? []) {
    const own = ofContainer(container)
    if (isSidecar(container)) {
      total = combine(total, own, add)
      sidecars = combine(sidecars, own, add)
      largest = combine(largest, sidecars, Math.max)
    } else largest = combine(largest, combine(own, sidecars, add), Math.max)
  }
  return combine(podLevel(combine(total, largest, Math.max), spec), requestsOf(spec.overhead), add)
}

/** Whether a pod as a whole may request the resource. */
export const isPodLevel = (name: string): boolean => name === 'cpu' || name === 'memory' || name.startsWith('hugepages-')

/** What a pod requests as a whole counts instead of the sum. @source resourcehelper.PodRequests */
function podLevel(sum: PodRequests, { resources }: PodSpec): PodRequests {
  if (!resources?.requests) return sum
  const own = Object.fromEntries(Object.entries(resources.requests).filter(([name]) => isPodLevel(name)))
  const { cpuMillis, memoryBytes, extended } = requestsOf(own)
  return {
    ...sum,
    ...(own.cpu !== undefined && { cpuMillis }),
    ...(own.memory !== undefined && { memoryBytes }),
    extended: { ...sum.extended, ...extended },
  }
}

/** Remembers by the list of containers, which all pods of a template share; `compute` may look at nothing but containers and overhead. */
function oncePerTemplate<T>(compute: (spec: PodSpec) => T): (spec: PodSpec) => T {
  const known = new WeakMap<readonly Container[], { of: PodSpec; value: T }>()
  return (spec) => {
    const last = known.get(spec.containers)
    const of = last?.of
    if (last && of?.initContainers === spec.initContainers && of?.overhead === spec.overhead && of?.resources === spec.resources) return last.value
    const value = compute(spec)
    known.set(spec.containers, { of: spec, value })
    return value
  }
}

/** What the pod asks of a node. @source resourcehelper.PodRequests; SCH-3.15 */
export const podRequests: (spec: PodSpec) => PodRequests = oncePerTemplate((spec) =>
  totalRequests(spec, (container) => requestsOf(container.resources?.requests)),
)

const defaultCpuMillis = 100
const defaultMemoryBytes = 200 * 1024 * 1024

/** As podRequests, but a container that asks for no cpu or memory counts 100m or 200Mi (an explicit 0 counts 0). @source GetNonzeroRequests; SCH-5.4 */
export const nonZeroRequests: (spec: PodSpec) => PodRequests = oncePerTemplate((spec) =>
  totalRequests(spec, (container) => {
    const list = container.resources?.requests
    const own = requestsOf(list)
    return {
      ...own,
      cpuMillis: list?.cpu === undefined ? defaultCpuMillis : own.cpuMillis,
      memoryBytes: list?.memory === undefined ? defaultMemoryBytes : own.memoryBytes,
    }
  }),
)

function addTo(sums: ResourceList, list: ResourceList | undefined): void {
  for (const name of ['cpu', 'memory']) {
    const quantity = list?.[name]
    if (quantity !== undefined && compareQuantities(quantity, '0') > 0) sums[name] = addQuantities(sums[name] ?? '0', quantity)
  }
}

/** `Guaranteed`, `Burstable` or `BestEffort`; only cpu and memory count. @source ComputePodQOS; KL-11.1 */
export const qosClass: (spec: PodSpec) => string = oncePerTemplate((spec) => {
  const requests: ResourceList = {}
  const limits: ResourceList = {}
  const { requests: own, limits: most } = spec.resources ?? {}
  const containers: Pick<Container, 'resources'>[] =
    own || most ? [{ resources: spec.resources }] : [...spec.containers, ...(spec.initContainers ?? [])]
  for (const { resources } of containers) {
    addTo(requests, resources?.requests)
    addTo(limits, resources?.limits)
  }
  const names = Object.keys(requests)
  if (!names.length && !Object.keys(limits).length) return 'BestEffort'
  const allLimited = containers.every(({ resources }) =>
    ['cpu', 'memory'].every((name) => compareQuantities(resources?.limits?.[name] ?? '0', '0') > 0),
  )
  const equal = names.every((name) => limits[name] !== undefined && compareQuantities(limits[name], requests[name] as string) === 0)
  return allLimited && equal && names.length === Object.keys(limits).length ? 'Guaranteed' : 'Burstable'
})
