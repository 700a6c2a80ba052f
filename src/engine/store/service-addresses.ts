/**
 * What the API server gives a Service: its cluster addresses and node ports. Modelled: a free address of the cluster's range (10.32.0.0/24,
 * one family), kept by updates; node ports. Not modelled: refusing an address or a port that is taken, since nothing routes by them.
 */
import { ApiError } from '#k8s/api-error.ts'
import type { Service } from '#k8s/types.ts'
import { createRandom } from '#sim/random.ts'
import type { Core } from '../core.ts'

type Spec = Service['spec']

/** Addresses above the first sixteen: the lower ones are left to those who ask for one. */
const address = { prefix: '10.32.0.', from: 17, count: 238 }
const nodePort = { from: 30_000, count: 2768 }

const needsClusterIp = ({ type }: Spec): boolean => type !== 'ExternalName'
const needsNodePort = ({ type }: Spec): boolean => type === 'NodePort' || type === 'LoadBalancer'
const givesNodePorts = (spec: Spec): boolean => needsNodePort(spec) && (spec.type === 'NodePort' || spec.allocateLoadBalancerNodePorts !== false)
const needsHealthCheckPort = ({ type, externalTrafficPolicy }: Spec): boolean => type === 'LoadBalancer' && externalTrafficPolicy === 'Local'

/** A free number from a range; they are tried from a random one on. */
function draw(core: Core, { from, count }: { from: number; count: number }, isTaken: (n: number) => boolean, what: string): number {
  const start = createRandom(() => core.randomState('services')).int(count)
  for (let i = 0; i < count; i++) {
    const n = from + ((start + i) % count)
    if (!isTaken(n)) return n
  }
  throw new ApiError('InternalError', `Internal error occurred: failed to allocate ${what}: range is full`)
}

function freeAddress(core: Core): string {
  const taken = new Set([...core.state.tables.Service.values()].map((service) => service.spec.clusterIP))
  return address.prefix + draw(core, address, (n) => taken.has(address.prefix + n), 'a serviceIP')
}

/** Headless Services without selector may stand for endpoints of both families. */
function families({ clusterIP, selector }: Spec): Pick<Spec, 'ipFamilies' | 'ipFamilyPolicy'> {
  if (clusterIP === 'None' && !Object.keys(selector ?? {}).length) return { ipFamilies: ['IPv4', 'IPv6'], ipFamilyPolicy: 'RequireDualStack' }
  return { ipFamilies: ['IPv4'], ipFamilyPolicy: 'SingleStack' }
}

function withClusterIp(core: Core, spec: Spec, old: Spec | undefined): Spec {
  const kept = old && needsClusterIp(old) ? old : undefined
  const clusterIP = spec.clusterIP || kept?.clusterIP || freeAddress(core)
  const given = { ...spec, clusterIP }
  const known = clusterIP === kept?.clusterIP ? kept : families(given)
  return {
    ...given,
    clusterIPs: spec.clusterIPs?.length ? spec.clusterIPs : [clusterIP],
    ipFamilies: spec.ipFamilies?.length ? spec.ipFamilies : known.ipFamilies,
    ipFamilyPolicy: spec.ipFamilyPolicy ?? known.ipFamilyPolicy,
  }
}

const portsOf = ({ ports, healthCheckNodePort }: Spec): (number | undefined)[] => [...(ports ?? []).map((p) => p.nodePort), healthCheckNodePort]

const takenPorts = (core: Core): Set<number | undefined> => new Set([...core.state.tables.Service.values()].flatMap(({ spec }) => portsOf(spec)))

function withNodePorts(core: Core, spec: Spec, old: Spec | undefined): Spec {
  const taken = takenPorts(core)
  for (const port of portsOf(spec)) taken.add(port)
  const ports = spec.ports?.map((port) => {
    if (port.nodePort) return port
    const before = old?.ports?.find((p) => p.port === port.port && p.protocol === port.protocol)?.nodePort
    if (!before && !givesNodePorts(spec)) return port
    const given = before ?? draw(core, nodePort, (n) => taken.has(n), 'a nodePort')
    taken.add(given)
    return { ...port, nodePort: given }
  })
  return { ...spec, ports }
}

/** The port at which a load balancer asks nodes whether they have an endpoint of their own. */
function withHealthCheckPort(core: Core, spec: Spec, old: Spec | undefined): Spec {
  const before = old && needsHealthCheckPort(old) ? old.healthCheckNodePort : undefined
  if (!needsHealthCheckPort(spec)) {
    const { healthCheckNodePort, ...rest } = spec
    return before !== undefined && before === healthCheckNodePort ? rest : spec
  }
  if (spec.healthCheckNodePort) return spec
  const taken = takenPorts(core)
  for (const port of portsOf(spec)) taken.add(port)
  return { ...spec, healthCheckNodePort: before ?? draw(core, nodePort, (n) => taken.has(n), 'a HealthCheck NodePort') }
}

/**
 * A Service with the addresses and node ports its type needs; an update keeps those of `old`, and gives up what another type had.
 * Throws InternalError when none is left.
 * @source pkg/registry/core/service/storage/alloc.go allocateCreate, storage.go patchAllocatedValues, strategy.go dropTypeDependentFields
 */
export function withServiceAddresses(core: Core, service: Service, old?: Service): Service {
  let { spec } = service
  if (needsClusterIp(spec)) spec = withClusterIp(core, spec, old?.spec)
  if (!spec.ports?.length) return { ...service, spec }
  if (needsNodePort(spec)) spec = withNodePorts(core, spec, old?.spec)
  else if (old && needsNodePort(old.spec)) spec = { ...spec, ports: spec.ports?.map(({ nodePort: _, ...port }) => port) }
  return { ...service, spec: withHealthCheckPort(core, spec, old?.spec) }
}
