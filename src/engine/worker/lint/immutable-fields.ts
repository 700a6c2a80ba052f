import type { Finding, LintInput, LintRule, Path } from './lint.ts'

type Json = Readonly<Record<string, unknown>>

const isMap = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Paths of written values that the live object has otherwise. What is not written was defaulted or is not meant. */
function differing(path: Path, written: unknown, live: unknown): Path[] {
  if (isMap(written) && isMap(live)) return Object.entries(written).flatMap(([key, value]) => differing([...path, key], value, live[key]))
  if (Array.isArray(written) && Array.isArray(live) && written.length <= live.length)
    return written.flatMap((value, at) => differing([...path, at], value, live[at]))
  return JSON.stringify(written) === JSON.stringify(live) ? [] : [path]
}

/** Fields of a pod's spec that may change. @source pkg/apis/core/validation ValidatePodUpdate */
const podMayChange = new Set(['activeDeadlineSeconds', 'terminationGracePeriodSeconds', 'tolerations', 'schedulingGates'])
const isImage = (path: Path) => (path[1] === 'containers' || path[1] === 'initContainers') && path.at(-1) === 'image'

const fixedFields: Readonly<Record<string, (input: LintInput, live: Json) => Path[]>> = {
  StatefulSet: ({ spec }, live) =>
    ['serviceName', 'podManagementPolicy', 'volumeClaimTemplates']
      .filter((field) => field in spec)
      .flatMap((field) => differing(['spec', field], spec[field], (live.spec as Json)[field])),
  PriorityClass: ({ object }, live) =>
    ['value', 'preemptionPolicy'].filter((field) => field in object).flatMap((field) => differing([field], object[field], live[field])),
  Pod: ({ spec }, live) =>
    differing(['spec'], Object.fromEntries(Object.entries(spec).filter(([field]) => !podMayChange.has(field))), live.spec).filter(
      (path) => !isImage(path),
    ),
}

const valueAt = (object: unknown, path: Path): unknown => path.reduce<unknown>((inner, step) => (inner as Json | undefined)?.[step as string], object)

/**
 * A field that the live object has otherwise and that cannot be changed. Selectors are another rule's.
 * @source API-1; pkg/apis/apps/validation ValidateStatefulSetUpdate, pkg/apis/scheduling/validation
 */
export const immutableFields: LintRule = (input) => {
  const { kind, name, live } = input
  const compare = fixedFields[kind]
  if (!live || !compare) return []
  return compare(input, live as unknown as Json).map((path): Finding => {
    const before = valueAt(live, path)
    const isScalar = typeof before === 'string' || typeof before === 'number' || typeof before === 'boolean'
    return {
      path,
      rule: 'API-1',
      message: `${kind} ${name} is there already, and ${path.at(-1)} cannot be changed${isScalar ? ` (it is ${String(before)})` : ''}. Take another name, or delete ${name} first.`,
      fix: isScalar
        ? { title: 'Put it back', changes: [{ put: path, value: before }] }
        : { title: `Name it ${name}-2`, changes: [{ put: ['metadata', 'name'], value: `${name}-2` }] },
    }
  })
}
