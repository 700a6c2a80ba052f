import { notFound } from './api-error.ts'
import { formatLabelSelector } from './format-selector.ts'
import { groupResource, type Resource } from './resources.ts'
import type { AnyObject, Deployment, KubeObject } from './types.ts'

/** An autoscaling/v1 Scale: how the scale subresource shows a workload's size. */
export interface Scale extends KubeObject {
  kind: 'Scale'
  /** No replicas are left out. */
  spec: { replicas?: number }
  status: { replicas: number; selector?: string }
}

/** The Scale of a workload. @source pkg/registry/apps/deployment/storage scaleFromDeployment */
export function scaleOf(object: AnyObject): Scale {
  const { spec, status, metadata } = object as Deployment
  const { name, namespace, uid, resourceVersion, creationTimestamp } = metadata
  const selector = formatLabelSelector(spec.selector).replace(/^<none>$/, '')
  return {
    apiVersion: 'autoscaling/v1',
    kind: 'Scale',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: spec.replicas ? { replicas: spec.replicas } : {},
    status: { replicas: status.replicas ?? 0, ...(selector && { selector }) },
  }
}

/** What is said when there is nothing whose scale could be read. */
export function scaleNotFound(resource: Resource, name: string) {
  return notFound(groupResource({ ...resource, plural: `${resource.plural}/scale` }), name)
}
