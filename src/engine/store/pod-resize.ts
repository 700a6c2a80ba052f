import { noSuchPath } from '#k8s/api/request-object.ts'
import type { AnyObject, Container, Pod } from '#k8s/types.ts'
import { since } from '#k8s/version.ts'
import type { Core } from '../core.ts'
import { mustGet } from './writes.ts'

/** The containers with the resources and policies of those of the same name. */
function withResources(containers: readonly Container[], sent: readonly Container[] = []): Container[] {
  const byName = new Map(sent.map((container) => [container.name, container]))
  return containers.map(({ resources, resizePolicy, ...rest }) => {
    const { resources: wanted, resizePolicy: policy } = byName.get(rest.name) ?? { resources, resizePolicy }
    return { ...rest, ...(wanted && { resources: wanted }), ...(policy && { resizePolicy: policy }) }
  })
}

/**
 * The pod that is stored, with nothing but the resources that were sent. Other kinds, and servers before 1.33, have no part `resize`.
 * @source pkg/registry/core/pod strategy.go dropNonResizeUpdates
 */
export function withSentResources(core: Core, sent: AnyObject): Pod {
  if (sent.kind !== 'Pod' || !since(core.version, 'podResize')) throw noSuchPath()
  const { name, namespace, uid, resourceVersion } = sent.metadata
  const stored = mustGet(core, 'Pod', namespace, name) as Pod
  const { containers, initContainers } = stored.spec
  const inits = initContainers && { initContainers: withResources(initContainers, sent.spec.initContainers) }
  return {
    ...stored,
    metadata: { ...stored.metadata, uid: uid ?? stored.metadata.uid, resourceVersion },
    spec: { ...stored.spec, ...inits, containers: withResources(containers, sent.spec.containers) },
  }
}
