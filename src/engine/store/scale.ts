import { ApiError, notFound } from '#k8s/api-error.ts'
import { requestInvalid } from '#k8s/schema/decode.ts'
import type { AnyObject, Deployment, Kind, KubeObject } from '#k8s/types.ts'
import type { Core } from '../core.ts'
import { mustGet } from './writes.ts'

type Scalable = Deployment

const scalable: readonly Kind[] = ['Deployment', 'ReplicaSet', 'StatefulSet']

/** An autoscaling/v1 Scale: how the scale subresource shows a workload's size. */
export interface Scale extends KubeObject {
  kind: 'Scale'
  spec: { replicas: number }
  status: { replicas: number }
}

/** The scale of a workload; kinds without the subresource (a DaemonSet) answer NotFound (DS-11.6). */
export function scaleOf(object: AnyObject): Scale {
  if (!scalable.includes(object.kind as Kind)) throw new ApiError('NotFound', 'the server could not find the requested resource')
  const { spec, status, metadata } = object as Scalable
  return {
    apiVersion: 'autoscaling/v1',
    kind: 'Scale',
    metadata: {
      name: metadata.name,
      namespace: metadata.namespace,
      uid: metadata.uid,
      resourceVersion: metadata.resourceVersion,
      creationTimestamp: metadata.creationTimestamp,
    },
    spec: { replicas: spec.replicas ?? 0 },
    status: { replicas: status.replicas ?? 0 },
  }
}

/** A patched Scale. Throws Invalid when its number of replicas is no int32. */
export function checkedScale(scale: KubeObject): KubeObject {
  const { replicas = 0 } = ((scale as Partial<Scale>).spec ?? {}) as { replicas?: unknown }
  if (replicas === null || (Number.isInteger(replicas) && Math.abs(replicas as number) < 2 ** 31)) return scale
  const what =
    typeof replicas === 'number' ? `number ${replicas}` : Array.isArray(replicas) ? 'array' : typeof replicas === 'boolean' ? 'bool' : typeof replicas
  throw requestInvalid(JSON.stringify(scale), `json: cannot unmarshal ${what} into Go struct field ScaleSpec.spec.replicas of type int32`)
}

/** The workload with the size that a Scale asks for. Without `of`, the scale's name is looked up among the scalable kinds. */
export function withScale(core: Core, scale: KubeObject, of?: AnyObject): AnyObject {
  const replicas = (scale as Partial<Scale>).spec?.replicas ?? 0
  const { namespace, name = '', uid } = scale.metadata ?? ({} as KubeObject['metadata'])
  const found =
    of ?? scalable.map((kind) => core.state.tables[kind].get(`${namespace ?? 'default'}/${name}`)).find((o) => o && (!uid || o.metadata.uid === uid))
  if (!found) throw notFound('deployments.apps', name)
  const object = mustGet(core, found.kind as Kind, found.metadata.namespace, found.metadata.name) as Scalable
  scaleOf(object)
  return { ...object, spec: { ...object.spec, replicas } }
}
