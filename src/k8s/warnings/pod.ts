/**
 * What the API server warns of in pods and templates that it takes.
 *
 * Not modelled: files of a projected volume that hide one another, fractional bytes of a pod's overhead.
 * @source pkg/api/pod/warnings.go
 */
import type { Affinity, ObjectMeta, PodSpec } from '../types.ts'
import { type KubernetesVersion, since } from '../version.ts'
import { fractionalBytes, seccompText, warningsForContainers, warningsForPorts } from './containers.ts'
import { deprecatedLabel, warningsForTerm } from './node-labels.ts'
import { warningsForPaths } from './overlapping-paths.ts'
import { warningsForVolumes } from './volumes.ts'

const deprecatedAnnotations: Record<string, string> = {
  'scheduler.alpha.kubernetes.io/critical-pod': 'non-functional in v1.16+; use the "priorityClassName" field instead',
  'security.alpha.kubernetes.io/sysctls': 'non-functional in v1.11+; use the "sysctls" field instead',
  'security.alpha.kubernetes.io/unsafe-sysctls': 'non-functional in v1.11+; use the "sysctls" field instead',
}

const podSeccomp = 'seccomp.security.alpha.kubernetes.io/pod'
const [required, preferred] = ['requiredDuringSchedulingIgnoredDuringExecution', 'preferredDuringSchedulingIgnoredDuringExecution'] as const

function warningsForNodes({ nodeSelector = {}, affinity }: PodSpec, at: string, version: KubernetesVersion): string[] {
  const chosen = Object.keys(nodeSelector).sort()
  const { [required]: must, [preferred]: should = [] } = affinity?.nodeAffinity ?? {}
  const path = `${at}.affinity.nodeAffinity`
  return [
    ...chosen.flatMap((key) => {
      const said = deprecatedLabel(key, version)
      return said === undefined ? [] : [`${at}.nodeSelector[${key}]: ${said}`]
    }),
    ...(must?.nodeSelectorTerms ?? []).flatMap((term, i) => warningsForTerm(term, `${path}.${required}.nodeSelectorTerms[${i}]`, version)),
    ...should.flatMap(({ preference }, i) =>
      warningsForTerm(preference, `${path}.${preferred}[${i}].preference`, version, since(version, 'nodeAffinityValuesValidated')),
    ),
  ]
}

const matchesNothing = (path: string): string => `${path}.labelSelector: a null labelSelector results in matching no pod`

function warningsForSpread({ topologySpreadConstraints = [] }: PodSpec, at: string, version: KubernetesVersion): string[] {
  return topologySpreadConstraints.flatMap(({ topologyKey, labelSelector }, i) => {
    const path = `${at}.topologySpreadConstraints[${i}]`
    const said = deprecatedLabel(topologyKey, version)
    return [
      ...(said === undefined ? [] : [`${path}.topologyKey: ${topologyKey} is ${said}`]),
      ...(labelSelector || !since(version, 'nullSelectorWarning') ? [] : [matchesNothing(path)]),
    ]
  })
}

function warningsForPodAffinity(affinity: Affinity | undefined, at: string): string[] {
  return (['podAffinity', 'podAntiAffinity'] as const).flatMap((name) => {
    const { [required]: must = [], [preferred]: should = [] } = affinity?.[name] ?? {}
    const path = `${at}.affinity.${name}`
    return [
      ...must.flatMap((term, i) => (term.labelSelector ? [] : [matchesNothing(`${path}.${required}[${i}]`)])),
      ...should.flatMap((term, i) => (term.podAffinityTerm.labelSelector ? [] : [matchesNothing(`${path}.${preferred}[${i}].podAffinityTerm`)])),
    ]
  })
}

/** Entries of a list whose key was there before. */
function repeated(keys: readonly string[], path: string, field: string, what: string): string[] {
  return keys.flatMap((key, i) => (keys.indexOf(key) < i ? [`${path}[${i}].${field}: duplicate ${what} ${JSON.stringify(key)}`] : []))
}

/** `path` is that of the template, with a full stop; of a pod it is empty. */
export function warningsForPod(spec: PodSpec, metadata: Partial<ObjectMeta>, path: string, version: KubernetesVersion): string[] {
  const at = `${path}spec`
  const { annotations = {} } = metadata
  const { hostAliases = [], imagePullSecrets = [] } = spec as PodSpec & { hostAliases?: { ip: string }[] }
  const secrets = imagePullSecrets.map(({ name = '' }) => name)
  const seccomp = (spec.securityContext as { seccompProfile?: unknown } | undefined)?.seccompProfile
  const grace = spec.terminationGracePeriodSeconds ?? 0
  return [
    ...warningsForNodes(spec, at, version),
    ...warningsForSpread(spec, at, version),
    ...Object.entries(deprecatedAnnotations).flatMap(([key, text]) =>
      Object.hasOwn(annotations, key) ? [`${path}metadata.annotations[${key}]: ${text}`] : [],
    ),
    ...warningsForVolumes(spec.volumes ?? [], `${at}.volumes`, version),
    ...(since(version, 'overlappingPathsWarning') ? warningsForPaths(spec.volumes ?? []) : []),
    ...repeated(
      hostAliases.map(({ ip }) => ip),
      `${at}.hostAliases`,
      'ip',
      'ip',
    ),
    ...repeated(secrets, `${at}.imagePullSecrets`, 'name', 'name'),
    ...secrets.flatMap((name, i) => (name ? [] : [`${at}.imagePullSecrets[${i}].name: invalid empty name ""`])),
    ...(Object.hasOwn(annotations, podSeccomp) && !seccomp ? [seccompText(podSeccomp, path, version)] : []),
    ...warningsForContainers(spec, annotations, path, version),
    ...['ephemeral-storage', 'memory'].flatMap((name) => fractionalBytes(spec.overhead, name, `${at}.overhead`)),
    ...(since(version, 'portWarnings') ? warningsForPorts(spec, at, since(version, 'portNameWarning')) : []),
    ...(grace < 0 && since(version, 'negativeGraceWarning')
      ? [`${at}.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1`]
      : []),
    ...(since(version, 'nullSelectorWarning') ? warningsForPodAffinity(spec.affinity, at) : []),
  ]
}
