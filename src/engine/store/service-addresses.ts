/**
 * What the API server gives a Service: its cluster addresses and node ports. Modelled: a free address of the cluster's range (10.32.0.0/24,
 * one family), kept by updates; node ports. Not modelled: refusing an address or a port that is taken, since nothing routes by them.
 */
import { ApiError } from '#k8s/api-error.ts'
import type { Service } from '#k8s/types.ts'
import { createRandom } from '#sim/random.ts'
import type { Core } from '../core.ts'

type Spec = Service['spec']
type Port = NonNullable<Spec['ports']>[number]

/** Addresses above the first sixteen: the lower ones are left to those who ask for one. */
const address = { prefix: '10.32.0.', from: 17, count: 238 }
const nodePort = { from: 30_000, count: 2768 }

const needsClusterIp = ({ type }: Spec): boolean => type !== 'ExternalName'
const needsNodePort = ({ type }: Spec): boolean => type === 'NodePort' || type === 'LoadBalancer'

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

function withNodePorts(core: Core, ports: readonly Port[], old: Spec | undefined): Port[] {
  const taken = new Set([...core.state.tables.Service.values()].flatMap(({ spec }) => (spec.ports ?? []).map((p) => p.nodePort)))
  for (const port of ports) taken.add(port.nodePort)
  return ports.map((port) => {
    if (port.nodePort) return port
    const before = old?.ports?.find((p) => p.port === port.port && p.protocol === port.protocol)?.nodePort
    const given = before ?? draw(core, nodePort, (n) => taken.has(n), 'a nodePort')
    taken.add(given)
    return { ...port, nodePort: given }
  })
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
  if (needsNodePort(spec)) spec = { ...spec, ports: withNodePorts(core, spec.ports, old?.spec) }
  else if (old && needsNodePort(old.spec)) spec = { ...spec, ports: spec.ports.map(({ nodePort: _, ...port }) => port) }
  return { ...service, spec }
}
