/** Resources of a pod as a whole. @source validatePodResources, validatePodResourceConsistency */
import { containerResources } from '../../container-resources.ts'
import { isPodLevel } from '../../pod-resources.ts'
import { canonicalQuantity, compareQuantities } from '../../quantity.ts'
import type { PodSpec, ResourceList } from '../../types.ts'
import type { FieldErrors } from '../field-errors.ts'
import { validateResourceName, validateResources } from '../resources.ts'

const supported = ['cpu', 'hugepages-', 'memory']

function validateName(errors: FieldErrors, name: string, path: string): void {
  const before = errors.causes.length
  validateResourceName(errors, name, path)
  if (!errors.grewSince(before) && !isPodLevel(name)) errors.notSupported(path, name, supported)
}

const namesIn = (lists: readonly (ResourceList | undefined)[]): string[] => [...new Set(lists.flatMap((list) => Object.keys(list ?? {})))].sort()

export function validatePodResources(errors: FieldErrors, spec: PodSpec, path: string): void {
  const { resources, containers = [], initContainers = [] } = spec
  if (!resources) return
  const { requests = {}, limits = {} } = resources
  if ((resources as { claims?: unknown }).claims) errors.forbidden(`${path}.claims`, 'claims cannot be set for Resources at pod-level')
  validateResources(errors, resources, path, validateName)
  const sums = containerResources(spec, 'requests')
  for (const name of namesIn([...containers, ...initContainers].map((container) => container.resources?.requests)).filter(isPodLevel)) {
    const [own, sum] = [requests[name] ?? '0', canonicalQuantity(sums[name] ?? '0')]
    if (compareQuantities(sum, own) > 0)
      errors.invalid(`${path}.requests[${name}]`, own, `must be greater than or equal to aggregate container requests of ${sum}`)
  }
  containers.forEach((container, i) => {
    const { limits: own = {} } = container.resources ?? {}
    for (const name of Object.keys(own).sort()) {
      const [limit, most] = [own[name] as string, limits[name]]
      if (most !== undefined && compareQuantities(limit, most) > 0)
        errors.invalid(`${path}.containers[${i}][${name}].limits`, limit, `must be less than or equal to pod limits of ${most}`)
    }
  })
}
