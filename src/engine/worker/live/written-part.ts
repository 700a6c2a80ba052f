import { controllerOf } from '#k8s/owner.ts'
import { parsedJson } from '#k8s/patch/json.ts'
import type { AnyObject, ControllerRevision, Kind, PodTemplateSpec } from '#k8s/types.ts'
import type { ApiClient } from '#protocol/api-client.ts'

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration'
const hashLabel = 'controller-revision-hash'

function find(client: ApiClient, kind: Kind, namespace: string | undefined, name: string): AnyObject | undefined {
  return client.list(kind, { namespace }).items.find((one) => one.metadata.name === name)
}

/** The template a pod was made from: that of its revision, else that of its controller as it is now. */
function templateOf(client: ApiClient, pod: AnyObject): PodTemplateSpec | undefined {
  const owner = controllerOf(pod)
  if (!owner) return undefined
  const { namespace, labels } = pod.metadata
  const hash = labels?.[hashLabel] ?? ''
  const name = hash.startsWith(`${owner.name}-`) ? hash : `${owner.name}-${hash}`
  const revision = hash ? (find(client, 'ControllerRevision', namespace, name) as ControllerRevision | undefined) : undefined
  // one that was made by hand may store anything
  if (revision) return (revision.data as Partial<ControllerRevision['data']> | undefined)?.spec?.template
  const controller = find(client, owner.kind as Kind, namespace, owner.name) as { spec?: { template?: PodTemplateSpec } } | undefined
  return controller?.spec?.template
}

/**
 * The part of an object that somebody wrote: what kubectl applied last, or for a pod with a controller its template. Undefined when
 * nobody kept it (`kubectl create`, nodes).
 */
export function writtenPart(client: ApiClient, object: AnyObject): unknown {
  if (object.kind === 'Pod' && controllerOf(object)) {
    const template = templateOf(client, object)
    return template && { apiVersion: 'v1', kind: 'Pod', metadata: template.metadata ?? {}, spec: template.spec }
  }
  const text = object.metadata.annotations?.[lastApplied]
  return text === undefined ? undefined : parsedJson(text)
}
