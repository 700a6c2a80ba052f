import type { Lease, Namespace, PriorityClass, Service } from '#k8s/types.ts'
import { since } from '#k8s/version.ts'
import { formatLabels, type TablePrinter } from '../table.ts'
import { ageOf } from './age.ts'
import { columns } from './columns.ts'

/** @source pkg/printers/internalversion printNamespace */
export const namespacePrinter: TablePrinter<Namespace> = {
  columns: () => columns('NAME,STATUS,AGE'),
  cells: ({ metadata, status }, time) => [metadata.name, status?.phase ?? '', ageOf(metadata.creationTimestamp, time)],
}

/**
 * The addresses of a load balancer, each once and sorted, then those that were asked for; in full, since the server prints for wide tables.
 * @source pkg/printers/internalversion getServiceExternalIP, loadBalancerStatusStringer
 */
function externalAddresses({ spec, status }: Service): string {
  if (spec.type === 'ExternalName') return spec.externalName ?? ''
  const external = spec.externalIPs ?? []
  if (spec.type !== 'LoadBalancer') return external.join(',') || '<none>'
  const own = status?.loadBalancer?.ingress?.map(({ ip, hostname }) => ip || hostname || '').filter(Boolean) ?? []
  return [...[...new Set(own)].sort(), ...external].join(',') || '<pending>'
}

/** Port lists as `80:30080/TCP`. @source pkg/printers/internalversion printService */
export const servicePrinter: TablePrinter<Service> = {
  columns: () => columns('NAME,TYPE,CLUSTER-IP,EXTERNAL-IP,PORT(S),AGE', 'SELECTOR'),
  cells: (service, time) => {
    const { metadata, spec } = service
    return [
      metadata.name,
      spec.type ?? '',
      spec.clusterIPs?.[0] || spec.clusterIP || '<none>',
      externalAddresses(service),
      spec.ports?.map((p) => `${p.port}${p.nodePort ? `:${p.nodePort}` : ''}/${p.protocol ?? 'TCP'}`).join(',') || '<none>',
      ageOf(metadata.creationTimestamp, time),
      formatLabels(spec.selector),
    ]
  },
}

/** @source pkg/printers/internalversion printLease */
export const leasePrinter: TablePrinter<Lease> = {
  columns: () => columns('NAME,HOLDER,AGE'),
  cells: ({ metadata, spec }, time) => [metadata.name, spec.holderIdentity ?? '', ageOf(metadata.creationTimestamp, time)],
}

/** @source pkg/printers/internalversion printPriorityClass; PR #126529 */
export const priorityClassPrinter: TablePrinter<PriorityClass> = {
  columns: (version) => columns(`NAME,VALUE,GLOBAL-DEFAULT,AGE${since(version, 'preemptionPolicyColumn') ? ',PREEMPTIONPOLICY' : ''}`),
  cells: ({ metadata, value, globalDefault, preemptionPolicy }, time) => [
    metadata.name,
    String(value),
    String(globalDefault ?? false),
    ageOf(metadata.creationTimestamp, time),
    ...(since(time.version, 'preemptionPolicyColumn') ? [preemptionPolicy ?? ''] : []),
  ],
}
