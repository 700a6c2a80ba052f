import { violationsOf } from '#k8s/pod-security/evaluate.ts'
import { labelPrefix, policyOf } from '#k8s/pod-security/policy.ts'
import type { Container, DaemonSet, PodTemplateSpec } from '#k8s/types.ts'
import type { Remedy } from '#protocol/explain.ts'
import type { Cluster } from '../cluster.ts'

const podContext = { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } }
const containerContext = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } }

const withContext = <T extends { securityContext?: unknown }>(holder: T, context: object): T => ({
  ...holder,
  securityContext: { ...(holder.securityContext as object), ...context },
})

/** The template with what `restricted` asks for on top of its own. */
function hardened({ metadata, spec }: PodTemplateSpec): PodTemplateSpec {
  const containers = (list: Container[]) => list.map((container) => withContext(container, containerContext))
  const { initContainers } = spec
  const inits = initContainers && { initContainers: containers(initContainers) }
  return { metadata, spec: withContext({ ...spec, ...inits, containers: containers(spec.containers) }, podContext) }
}

/** What makes a namespace take the pods of a DaemonSet that PodSecurity refuses: a template that complies, if that is simple, or another level. */
export function podSecurityRemedies({ core, options: { version } }: Cluster, set: DaemonSet): Remedy[] {
  const { name, namespace = 'default' } = set.metadata
  const enforce = policyOf(core.state.tables.Namespace.get(namespace)?.metadata.labels, version)?.enforce
  const complies = (template: PodTemplateSpec, level = enforce?.level): boolean =>
    !enforce || violationsOf({ ...enforce, level: level ?? 'privileged' }, template, version).length === 0
  const { template } = set.spec
  if (complies(template)) return []
  const named = (list: Container[] | undefined) => list?.map((container) => ({ name: container.name, securityContext: containerContext }))
  const { containers, initContainers } = template.spec
  const spec = { securityContext: podContext, containers: named(containers), initContainers: named(initContainers) }
  const level = complies(template, 'baseline') ? 'baseline' : 'privileged'
  return [
    ...(complies(hardened(template))
      ? [
          {
            text: `Give the template of ${name} the securityContext that is asked for`,
            command: `kubectl patch ds ${name} -n ${namespace} -p '${JSON.stringify({ spec: { template: { spec } } })}'`,
          },
        ]
      : []),
    {
      text: `Let the namespace ${namespace} take such pods`,
      command: `kubectl label ns ${namespace} ${labelPrefix}enforce=${level} --overwrite`,
    },
  ]
}
