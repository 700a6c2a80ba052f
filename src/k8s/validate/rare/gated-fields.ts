/** Fields of pods that the API server knows but throws away while their feature gates are off. @source pkg/api/pod dropDisabledFields */
import type { PodSpec } from '../../types.ts'
import { type KubernetesVersion, versions } from '../../version.ts'

type Value = Record<string, unknown>

/** A field goes; the same object where there is none. */
type Drop = (spec: Value) => Value

interface Gate {
  drop: Drop
  /** The first version whose gate is on by default. */
  on: KubernetesVersion
  /** The first version in which it is thrown away. */
  from?: KubernetesVersion
}

/** At a path whose parts ending in `[]` are lists. What becomes empty by it goes too if its name ends in `?`. */
function without(path: string): Drop {
  const [first = '', ...rest] = path.split('.')
  const key = first.replace(/(\[\])?\??$/, '')
  if (!rest.length) return (value) => (key in value ? Object.fromEntries(Object.entries(value).filter(([name]) => name !== key)) : value)
  const deeper = without(rest.join('.'))
  const isList = first.endsWith('[]')
  return (value) => {
    const old = value[key]
    if (typeof old !== 'object' || old === null) return value
    if (!isList) {
      const kept = deeper(old as Value)
      if (kept === old) return value
      return first.endsWith('?') && !Object.keys(kept).length ? without(key)(value) : { ...value, [key]: kept }
    }
    const list = (old as Value[]).map(deeper)
    return list.some((item, i) => item !== (old as Value[])[i]) ? { ...value, [key]: list } : value
  }
}

const containerLists = ['containers', 'initContainers', 'ephemeralContainers']

const each = (paths: readonly string[], on: KubernetesVersion, from?: KubernetesVersion): Gate[] =>
  paths.map((path) => ({ drop: without(path), on, from }))
const ofContainers = (paths: readonly string[], on: KubernetesVersion): Gate[] =>
  each(
    paths.flatMap((path) => containerLists.map((list) => `${list}[].${path}`)),
    on,
  )

/** Volumes of images, and what is mounted of them. */
function withoutImageVolumes(spec: Value): Value {
  const volumes = (spec.volumes ?? []) as Value[]
  const gone = new Set(volumes.filter(({ image }) => image).map(({ name }) => name))
  if (!gone.size) return spec
  const kept: Value = { ...spec, volumes: volumes.filter(({ name }) => !gone.has(name)) }
  for (const list of containerLists) {
    if (!spec[list]) continue
    kept[list] = (spec[list] as Value[]).map((container) =>
      container.volumeMounts ? { ...container, volumeMounts: (container.volumeMounts as Value[]).filter(({ name }) => !gone.has(name)) } : container,
    )
  }
  return kept
}

/** Any way to mount /proc is the default one. */
function withDefaultProc(spec: Value): Value {
  let kept = spec
  for (const list of containerLists) {
    const isOther = ({ securityContext }: Value) => ((securityContext as Value | undefined)?.procMount ?? 'Default') !== 'Default'
    const containers = kept[list] as Value[] | undefined
    if (!containers?.some(isOther)) continue
    const mend = (container: Value) =>
      isOther(container) ? { ...container, securityContext: { ...(container.securityContext as Value), procMount: 'Default' } } : container
    kept = { ...kept, [list]: containers.map(mend) }
  }
  return kept
}

/** Init containers have no policies but that of sidecars. @source dropContainerRestartRules */
function withSidecarsOnly(spec: Value): Value {
  const isOther = ({ restartPolicy }: Value) => restartPolicy !== undefined && restartPolicy !== 'Always'
  const containers = spec.initContainers as Value[] | undefined
  if (!containers?.some(isOther)) return spec
  return { ...spec, initContainers: containers.map((container) => (isOther(container) ? without('restartPolicy')(container) : container)) }
}

const affinities = ['podAffinity', 'podAntiAffinity'].flatMap((kind) => [
  `affinity.${kind}.requiredDuringSchedulingIgnoredDuringExecution[]`,
  `affinity.${kind}.preferredDuringSchedulingIgnoredDuringExecution[].podAffinityTerm`,
])

/** By pkg/features/kube_features.go of 1.35; what is off there is taken to be on in 1.36. */
const gates: readonly Gate[] = [
  ...ofContainers(['livenessProbe.grpc', 'readinessProbe.grpc', 'startupProbe.grpc'], '1.24'),
  ...each(['os'], '1.24'),
  ...each(['topologySpreadConstraints[].nodeAffinityPolicy', 'topologySpreadConstraints[].nodeTaintsPolicy'], '1.26'),
  ...each(['schedulingGates', 'topologySpreadConstraints[].minDomains', 'topologySpreadConstraints[].matchLabelKeys'], '1.27'),
  ...ofContainers(['lifecycle?.postStart?.sleep', 'lifecycle?.preStop?.sleep'], '1.30'),
  ...each(
    affinities.flatMap((term) => [`${term}.matchLabelKeys`, `${term}.mismatchLabelKeys`]),
    '1.31',
  ),
  ...ofContainers(['volumeMounts[].recursiveReadOnly'], '1.31'),
  ...each(['hostUsers', 'securityContext.supplementalGroupsPolicy', 'securityContext.seLinuxChangePolicy'], '1.33'),
  ...ofContainers(['resizePolicy'], '1.33'),
  { drop: withDefaultProc, on: '1.33' },
  ...each(['resources', 'resourceClaims'], '1.34'),
  ...ofContainers(['resources.claims'], '1.34'),
  // in earlier versions it is refused
  ...each(['containers[].restartPolicy'], '1.35', '1.34'),
  { drop: withSidecarsOnly, on: '1.35', from: '1.34' },
  ...each(['hostnameOverride'], '1.35'),
  ...ofContainers(['env[].valueFrom.fileKeyRef'], '1.35'),
  { drop: withoutImageVolumes, on: '1.35' },
  ...each(['workloadRef', 'volumes[].projected.sources[].clusterTrustBundle', 'volumes[].projected.sources[].podCertificate'], '1.36'),
  ...ofContainers(['lifecycle?.stopSignal'], '1.36'),
]

const isOff = ({ on, from = '1.23' }: Gate, version: KubernetesVersion): boolean =>
  versions.indexOf(version) < versions.indexOf(on) && versions.indexOf(version) >= versions.indexOf(from)

const offIn = new Map<KubernetesVersion, readonly Gate[]>()

export function dropGatedFields(spec: PodSpec, version: KubernetesVersion): PodSpec {
  let off = offIn.get(version)
  if (!off) {
    off = gates.filter((gate) => isOff(gate, version))
    offIn.set(version, off)
  }
  let kept = spec as unknown as Value
  for (const { drop } of off) kept = drop(kept)
  return kept as unknown as PodSpec
}
