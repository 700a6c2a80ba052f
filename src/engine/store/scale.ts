import { noSuchPath } from '#k8s/api/request-object.ts'
import { conflict, invalid, notFound } from '#k8s/api-error.ts'
import { hasScale, resourceOf, scalableKinds } from '#k8s/resources.ts'
import { type Scale, scaleOf as scaleOfWorkload } from '#k8s/scale.ts'
import { requestInvalid } from '#k8s/schema/decode.ts'
import type { AnyObject, Deployment, Kind, KubeObject } from '#k8s/types.ts'
import type { Core } from '../core.ts'
import { mustGet, otherUid } from './writes.ts'

type Scalable = Deployment

/** The scale of a workload; kinds without the subresource (a DaemonSet) answer NotFound (DS-11.6). */
export function scaleOf(object: AnyObject): Scale {
  if (!hasScale(object.kind as Kind)) throw noSuchPath()
  return scaleOfWorkload(object)
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
    of ??
    scalableKinds.map((kind) => core.state.tables[kind].get(`${namespace ?? 'default'}/${name}`)).find((o) => o && (!uid || o.metadata.uid === uid))
  if (!found) throw notFound('deployments.apps', name)
  const object = mustGet(core, found.kind as Kind, found.metadata.namespace, found.metadata.name) as Scalable
  scaleOf(object)
  if (replicas < 0) throw invalid('Scale.autoscaling', name, [{ reason: 'FieldValueInvalid', field: 'spec.replicas', message: negative(replicas) }])
  if (uid && uid !== object.metadata.uid) {
    throw conflict(`${resourceOf(object.kind as Kind).plural}/scale.apps`, name, otherUid(uid, object))
  }
  const { resourceVersion } = scale.metadata
  return { ...object, metadata: { ...object.metadata, resourceVersion }, spec: { ...object.spec, replicas } }
}

const negative = (replicas: number): string => `Invalid value: ${replicas}: must be greater than or equal to 0`
