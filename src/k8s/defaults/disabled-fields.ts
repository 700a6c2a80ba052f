import type { Container, PodSpec, Probe, StatefulSet } from '../types.ts'
import { rareChecks } from '../validate/rare/load.ts'
import { type KubernetesVersion, since } from '../version.ts'

const withoutGrace = ({ terminationGracePeriodSeconds: _, ...probe }: Probe): Probe => probe

const hasProbeGrace = ({ livenessProbe, readinessProbe, startupProbe }: Container): boolean =>
  [livenessProbe, readinessProbe, startupProbe].some((probe) => probe?.terminationGracePeriodSeconds !== undefined)

function withoutProbeGrace(container: Container): Container {
  if (!hasProbeGrace(container)) return container
  const { livenessProbe, readinessProbe, startupProbe } = container
  return {
    ...container,
    ...(livenessProbe && { livenessProbe: withoutGrace(livenessProbe) }),
    ...(readinessProbe && { readinessProbe: withoutGrace(readinessProbe) }),
    ...(startupProbe && { startupProbe: withoutGrace(startupProbe) }),
  }
}

const hasRestartRules = ({ restartPolicyRules }: Container): boolean => restartPolicyRules !== undefined

const withoutRestartRules = ({ restartPolicyRules: _, ...container }: Container): Container => container

/** The spec without what the API server of this version knows but throws away. @source pkg/api/pod DropDisabledPodFields */
export function dropDisabledFields(spec: PodSpec, version: KubernetesVersion): PodSpec {
  let kept = spec
  const containers = spec.containers as Container[] | undefined
  if (!since(version, 'probeGracePeriod') && containers?.some(hasProbeGrace)) kept = { ...kept, containers: containers.map(withoutProbeGrace) }
  if (!since(version, 'sidecarContainers') && kept.initContainers?.some((c) => c.restartPolicy !== undefined)) {
    kept = { ...kept, initContainers: kept.initContainers.map(({ restartPolicy: _, ...container }) => container) }
  }
  if (!since(version, 'containerRestartRules')) {
    if (containers?.some(hasRestartRules)) kept = { ...kept, containers: kept.containers.map(withoutRestartRules) }
    if (kept.initContainers?.some(hasRestartRules)) kept = { ...kept, initContainers: kept.initContainers.map(withoutRestartRules) }
  }
  return rareChecks()?.dropGatedFields(kept, version) ?? kept
}

/**
 * As dropDisabledFields for StatefulSets. maxUnavailable was on in 1.35.0 to 1.35.3 alone (gate MaxUnavailableStatefulSet, PR #137904).
 * @source pkg/registry/apps/statefulset/strategy.go dropStatefulSetDisabledFields
 */
export function dropDisabledStatefulSetFields(spec: StatefulSet['spec'], version: KubernetesVersion): StatefulSet['spec'] {
  let kept = spec
  const rolling = spec.updateStrategy?.rollingUpdate
  if (rolling?.maxUnavailable !== undefined) {
    const { maxUnavailable: _, ...rollingUpdate } = rolling
    kept = { ...kept, updateStrategy: { ...kept.updateStrategy, rollingUpdate } }
  }
  if (!since(version, 'statefulSetOrdinals') && kept.ordinals) {
    const { ordinals: _, ...rest } = kept
    kept = rest
  }
  if (!since(version, 'claimRetentionPolicy') && kept.persistentVolumeClaimRetentionPolicy) {
    const { persistentVolumeClaimRetentionPolicy: _, ...rest } = kept
    kept = rest
  }
  return kept
}
