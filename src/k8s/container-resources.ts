/** What the containers of a pod ask for together, as quantities. */
import { addQuantities, compareQuantities } from './quantity.ts'
import { isSidecar } from './sidecar.ts'
import type { Container, PodSpec, ResourceList } from './types.ts'

export function addResources(a: ResourceList, b: ResourceList | undefined): ResourceList {
  const sum = { ...a }
  for (const [name, quantity] of Object.entries(b ?? {})) sum[name] = sum[name] === undefined ? quantity : addQuantities(sum[name], quantity)
  return sum
}

/** Of each resource the larger quantity. */
export function largestOf(a: ResourceList, b: ResourceList = {}): ResourceList {
  const max = { ...a }
  for (const [name, quantity] of Object.entries(b)) if (max[name] === undefined || compareQuantities(quantity, max[name]) > 0) max[name] = quantity
  return max
}

/**
 * Requests or limits of the containers together, or of the largest init container if that is more; sidecars count on both sides.
 * @source component-helpers/resource AggregateContainerRequests, AggregateContainerLimits
 */
export function containerResources({ containers = [], initContainers = [] }: PodSpec, which: 'requests' | 'limits'): ResourceList {
  const of = (c: Container) => c.resources?.[which]
  let total: ResourceList = containers.reduce((sum, c) => addResources(sum, of(c)), {})
  let sidecars: ResourceList = {}
  let initial: ResourceList = {}
  for (const c of initContainers) {
    if (isSidecar(c)) {
      total = addResources(total, of(c))
      sidecars = addResources(sidecars, of(c))
      initial = largestOf(initial, sidecars)
    } else initial = largestOf(initial, addResources(of(c) ?? {}, sidecars))
  }
  return largestOf(total, initial)
}
