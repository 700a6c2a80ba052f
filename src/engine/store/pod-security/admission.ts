/**
 * The admission of PodSecurity: what the labels of a namespace let in, and what is said of the rest. Nobody is exempt.
 * @source k8s.io/pod-security-admission/admission admission.go
 */
import { ApiError, invalid } from '#k8s/api-error.ts'
import { violationsOf, violationsText } from '#k8s/pod-security/evaluate.ts'
import { containersOf } from '#k8s/pod-security/examined.ts'
import { compareLevels, type LevelVersion, policyOf, policyText } from '#k8s/pod-security/policy.ts'
import type { AnyObject, Namespace, Pod, PodTemplateSpec } from '#k8s/types.ts'
import type { Core } from '../../core.ts'

const mostPods = 3000
const nothing: LevelVersion = { level: 'privileged', version: 'latest' }

const policyOfNamespace = ({ state, version }: Core, namespace = '') => policyOf(state.tables.Namespace.get(namespace)?.metadata.labels, version)

/** Images and seccomp annotations are all of a pod that may change and matters. */
function isSignificantPodUpdate(pod: Pod, old: Pod): boolean {
  const said = (of: Pod): string => {
    const { annotations = {} } = of.metadata
    const keys = Object.keys(annotations).filter((key) => key.includes('seccomp.security.alpha.kubernetes.io/'))
    return JSON.stringify([containersOf(of).map(({ image }) => image), keys.sort().map((key) => [key, annotations[key]])])
  }
  return said(pod) !== said(old)
}

/** Why a pod is not let into its namespace; undefined: it is. */
function podSecurityRefusal(core: Core, pod: Pod): string | undefined {
  const enforce = policyOfNamespace(core, pod.metadata.namespace)?.enforce
  const violations = enforce ? violationsOf(enforce, pod, core.version) : []
  return enforce && violations.length ? `violates PodSecurity "${policyText(enforce)}": ${violationsText(violations)}` : undefined
}

/** Refuses pods that their namespace does not let in, and namespaces whose labels are new and wrong. */
export function admitPodSecurity(core: Core, object: AnyObject, old?: AnyObject): void {
  const { name, labels } = object.metadata
  if (object.kind === 'Pod') {
    const why = old && !isSignificantPodUpdate(object, old as Pod) ? undefined : podSecurityRefusal(core, object)
    if (why) throw new ApiError('Forbidden', `pods "${name}" is forbidden: ${why}`, { name, kind: 'pods' })
  } else if (object.kind === 'Namespace') {
    const causes = policyOf(labels, core.version)?.causes ?? []
    const before = policyOf(old?.metadata.labels, core.version)?.causes ?? []
    if (causes.length && JSON.stringify(causes) !== JSON.stringify(before)) throw invalid('Namespace', name, [...causes])
  }
}

/** Pods that a namespace would not let in any more. */
function warningsForNamespace(core: Core, { metadata: { name, labels } }: Namespace, old: Namespace): string[] {
  const { enforce } = policyOf(labels, core.version) ?? { enforce: nothing }
  const before = policyOf(old.metadata.labels, core.version)?.enforce ?? nothing
  if (enforce.version === before.version && compareLevels(enforce.level, before.level) <= 0) return []
  const found = new Map<string, string[]>()
  const pods = [...core.state.tables.Pod.values()].filter(({ metadata }) => metadata.namespace === name)
  for (const pod of pods.slice(0, mostPods)) {
    const reasons = violationsOf(enforce, pod, core.version).map(([reason]) => reason)
    if (reasons.length) found.set(reasons.join(', '), [...(found.get(reasons.join(', ')) ?? []), pod.metadata.name])
  }
  const lines = [...found].map(([reasons, names]) => {
    const [first, ...others] = names.sort()
    const more = others.length ? ` (and ${others.length} other pod${others.length > 1 ? 's' : ''})` : ''
    return `${first}${more}: ${reasons}`
  })
  return [
    ...(enforce.level !== 'privileged' && pods.length > mostPods
      ? [`new PodSecurity enforce level only checked against the first ${mostPods} of ${pods.length} existing pods`]
      : []),
    ...(lines.length ? [`existing pods in namespace "${name}" violate the new PodSecurity enforce level "${policyText(enforce)}"`] : []),
    ...lines.sort(),
  ]
}

/** What is said of a write that was let through. */
export function podSecurityWarnings(core: Core, object: AnyObject, old?: AnyObject): string[] {
  if (object.kind === 'Namespace') return old ? warningsForNamespace(core, object, old as Namespace) : []
  const template = (object as { spec?: { template?: PodTemplateSpec } }).spec?.template
  const pod = object.kind === 'Pod' ? object : template
  const warn = pod && policyOfNamespace(core, object.metadata.namespace)?.warn
  if (!warn || (object.kind === 'Pod' && old && !isSignificantPodUpdate(object, old as Pod))) return []
  const violations = violationsOf(warn, pod, core.version)
  return violations.length ? [`would violate PodSecurity "${policyText(warn)}": ${violationsText(violations)}`] : []
}
