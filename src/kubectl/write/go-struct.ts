import type { KubeObject, PodSpec, Service } from '#k8s/types.ts'
import type { ApiClient } from '#protocol/api-client.ts'
import { nullTimestamp } from './null-timestamp.ts'

type Json = Record<string, unknown>

/** Fields of the Go structs that are written even when nothing is in them, beside those of every object. */
const empty: Partial<Record<string, { spec?: Json; status: Json }>> = {
  Pod: { status: {} },
  DaemonSet: {
    spec: { updateStrategy: {} },
    status: { currentNumberScheduled: 0, desiredNumberScheduled: 0, numberMisscheduled: 0, numberReady: 0 },
  },
  Deployment: { spec: { strategy: {} }, status: {} },
  ReplicaSet: { status: { replicas: 0 } },
  StatefulSet: { spec: { serviceName: '', updateStrategy: {} }, status: { availableReplicas: 0, replicas: 0 } },
}

const quantities = (list: object | undefined): object | undefined =>
  list && Object.fromEntries(Object.entries(list).map(([name, amount]) => [name, String(amount)]))

type Resources = PodSpec['containers'][number]['resources']

const withQuantities = ({ limits, requests, ...rest }: NonNullable<Resources> = {}) => ({
  ...(limits && { limits: quantities(limits) }),
  ...(requests && { requests: quantities(requests) }),
  ...rest,
})

/** No containers are nothing, not none. */
function withResources(spec: Partial<PodSpec> = {}): object {
  const each = (list: PodSpec['containers'] | undefined) =>
    list?.map((container) => ({ ...container, resources: withQuantities(container.resources) }) as typeof container)
  const initContainers = each(spec.initContainers)
  return { ...spec, containers: each(spec.containers) ?? null, ...(initContainers && { initContainers }) }
}

interface Claim {
  readonly metadata?: Json
  readonly spec?: Json & { readonly resources?: Resources }
  readonly status?: Json
}

/** The claim templates of a StatefulSet, which are whole objects. */
function withClaims({ volumeClaimTemplates: claims }: Json, time: object): object {
  const whole = ({ metadata, spec, status, ...rest }: Claim) => ({
    ...rest,
    metadata: { ...time, ...metadata },
    spec: { ...spec, resources: withQuantities(spec?.resources) },
    status: { ...status },
  })
  return Array.isArray(claims) ? { volumeClaimTemplates: claims.map(whole) } : {}
}

/** The target port is no pointer, and no text that may be empty. */
function withTargetPorts(service: KubeObject): KubeObject {
  const { spec = {} as Service['spec'], status } = service as Service
  const ports = spec.ports?.map((port) => ({ targetPort: 0, ...port }))
  return { ...service, spec: { ...spec, ...(ports && { ports }) }, status: { loadBalancer: {}, ...status } } as KubeObject
}

/** A pod, workload or Service from a document as kubectl writes it after it has held it in a Go struct. */
export function asGoStruct(object: KubeObject, client: Pick<ApiClient, 'version'>): KubeObject {
  if (object.kind === 'Service') return withTargetPorts(object)
  const time = nullTimestamp(client)
  const { spec: own, status: none } = empty[object.kind] ?? {}
  if (!none) return object
  const { metadata, spec, status } = object as KubeObject & { spec: Json; status?: Json }
  const { template = {} } = (spec ?? {}) as { template?: { metadata?: Json; spec?: PodSpec } }
  const inside =
    object.kind !== 'Pod'
      ? {
          selector: null,
          ...own,
          ...spec,
          ...withClaims(spec ?? {}, time),
          template: { ...template, metadata: { ...time, ...template.metadata }, spec: withResources(template.spec) },
        }
      : withResources(spec as unknown as PodSpec | undefined)
  return { ...object, metadata: { ...time, ...metadata }, spec: inside, status: { ...none, ...status } } as unknown as KubeObject
}
