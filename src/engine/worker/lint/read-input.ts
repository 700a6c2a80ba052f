import { ApiError } from '#k8s/api-error.ts'
import { apiVersionOf, findKind } from '#k8s/resources.ts'
import { decode } from '#k8s/schema/decode.ts'
import type { AnyObject, Kind, KubeNode, LabelSelector, Pod, PodSpec } from '#k8s/types.ts'
import { isKubernetesVersion, newestVersion } from '#k8s/version.ts'
import type { ApiClient } from '#protocol/api-client.ts'
import type { LintInput, Path, WrittenPod } from './lint.ts'

type Json = Readonly<Record<string, unknown>>

const isMap = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

function podOf(kind: Kind, object: Json): WrittenPod | undefined {
  const path: Path = kind === 'Pod' ? [] : ['spec', 'template']
  const pod = kind === 'Pod' ? object : isMap(object.spec) ? object.spec.template : undefined
  if (!isMap(pod)) return undefined
  return { path, metadata: isMap(pod.metadata) ? pod.metadata : {}, spec: (isMap(pod.spec) ? pod.spec : {}) as Partial<PodSpec> }
}

function liveObject(client: ApiClient, kind: Kind, namespaced: boolean, metadata: Json): AnyObject | undefined {
  if (typeof metadata.name !== 'string') return undefined
  const namespace = namespaced ? (typeof metadata.namespace === 'string' && metadata.namespace ? metadata.namespace : 'default') : undefined
  try {
    return client.get({ kind, name: metadata.name, namespace })
  } catch (error) {
    if (error instanceof ApiError) return undefined
    throw error
  }
}

/** A document for the lints; undefined when its kind is not known here or a value has the wrong type (others say so). */
export function readInput(value: Json, client: ApiClient): LintInput | undefined {
  const resource = typeof value.kind === 'string' ? findKind(value.kind) : undefined
  if (!resource || value.apiVersion !== apiVersionOf(resource)) return undefined
  const version = isKubernetesVersion(client.version) ? client.version : newestVersion
  let object: Json
  try {
    object = decode(resource.kind, value, version).object as unknown as Json
  } catch (error) {
    if (error instanceof ApiError) return undefined
    throw error
  }
  const metadata = isMap(object.metadata) ? object.metadata : {}
  const spec = isMap(object.spec) ? object.spec : {}
  return {
    kind: resource.kind,
    name: String(metadata.name ?? ''),
    object,
    spec,
    pod: podOf(resource.kind, object),
    selector: isMap(spec.selector) && resource.group === 'apps' ? (spec.selector as LabelSelector) : undefined,
    nodes: client.list('Node').items as KubeNode[],
    pods: () => client.list('Pod').items as Pod[],
    live: liveObject(client, resource.kind, resource.namespaced, metadata),
    version,
  }
}
