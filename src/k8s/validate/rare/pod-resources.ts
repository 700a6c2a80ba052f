/** Resources of a pod as a whole. @source validatePodResources, validatePodResourceConsistency */
import { isPodLevel } from '../../pod-resources.ts'
import { addQuantities, compareQuantities } from '../../quantity.ts'
import type { Container, PodSpec, ResourceList } from '../../types.ts'
import type { FieldErrors } from '../field-errors.ts'
import { validateResourceName, validateResources } from '../resources.ts'

const supported = ['cpu', 'hugepages-', 'memory']

function validateName(errors: FieldErrors, name: string, path: string): void {
  const before = errors.causes.length
  validateResourceName(errors, name, path)
  if (!errors.grewSince(before) && !isPodLevel(name)) errors.notSupported(path, name, supported)
}

const requestOf = ({ resources }: Container, name: string): string => resources?.requests?.[name] ?? '0'
const larger = (a: string, b: string): string => (compareQuantities(b, a) > 0 ? b : a)

/** As podRequests, of one resource, without what the pod says of itself. @source resourcehelper.AggregateContainerRequests */
function requestOfContainers({ containers = [], initContainers = [] }: PodSpec, name: string): string {
  let total = '0'
  for (const container of containers) total = addQuantities(total, requestOf(container, name))
  let [sidecars, largest] = ['0', '0']
  for (const container of initContainers) {
    const own = addQuantities(sidecars, requestOf(container, name))
    largest = larger(largest, own)
    if (container.restartPolicy === 'Always') sidecars = own
  }
  return larger(addQuantities(total, sidecars), largest)
}

const namesIn = (lists: readonly (ResourceList | undefined)[]): string[] => [...new Set(lists.flatMap((list) => Object.keys(list ?? {})))].sort()

export function validatePodResources(errors: FieldErrors, spec: PodSpec, path: string): void {
  const { resources, containers = [], initContainers = [] } = spec
  if (!resources) return
  const { requests = {}, limits = {} } = resources
  if ((resources as { claims?: unknown }).claims) errors.forbidden(`${path}.claims`, 'claims cannot be set for Resources at pod-level')
  validateResources(errors, resources, path, validateName)
  for (const name of namesIn([...containers, ...initContainers].map((container) => container.resources?.requests)).filter(isPodLevel)) {
    const [own, sum] = [requests[name] ?? '0', requestOfContainers(spec, name)]
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
