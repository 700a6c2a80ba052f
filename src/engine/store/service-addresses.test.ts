import { describe, expect, it } from 'vitest'
import type { KubeObject, Service } from '#k8s/types.ts'
import { Cluster } from '../cluster.ts'

const ref = { kind: 'Service', namespace: 'default', name: 's' } as const

const service = (spec: object, name = 's'): KubeObject =>
  ({ apiVersion: 'v1', kind: 'Service', metadata: { name }, spec: { selector: { app: 'x' }, ports: [{ port: 80 }], ...spec } }) as KubeObject

const created = (spec: object) => {
  const { client } = new Cluster({ seed: 1 })
  return { client, made: client.create(service(spec)) as Service }
}

const specOf = (spec: object): Service['spec'] => created(spec).made.spec

/** @source pkg/registry/core/service/storage */
describe('addresses of Services', () => {
  it('a Service gets an address of the range, each another', () => {
    const { client } = new Cluster({ seed: 1 })
    const addresses = Array.from({ length: 100 }, (_, i) => (client.create(service({}, `s${i}`)) as Service).spec.clusterIP ?? '')
    expect(new Set(addresses).size).toBe(100)
    for (const address of addresses) expect(address).toMatch(/^10\.32\.0\.\d+$/)
  })

  it('with one family, and in both fields', () => {
    const { clusterIP, clusterIPs, ipFamilies, ipFamilyPolicy } = specOf({})
    expect([clusterIPs, ipFamilies, ipFamilyPolicy]).toEqual([[clusterIP], ['IPv4'], 'SingleStack'])
  })

  it('a headless one says so twice; one without selector may have both families; an external name has no address', () => {
    expect(specOf({ clusterIP: 'None' })).toMatchObject({ clusterIPs: ['None'], ipFamilyPolicy: 'SingleStack' })
    expect(specOf({ clusterIP: 'None', selector: undefined })).toMatchObject({ ipFamilies: ['IPv4', 'IPv6'], ipFamilyPolicy: 'RequireDualStack' })
    const external = specOf({ type: 'ExternalName', externalName: 'a.b', ports: undefined })
    expect([external.clusterIP, external.clusterIPs, external.ipFamilyPolicy]).toEqual([undefined, undefined, undefined])
  })

  it('node ports come from 30000-32767, and only where the type has them', () => {
    const [http, https] =
      specOf({
        type: 'NodePort',
        ports: [
          { name: 'a', port: 80 },
          { name: 'b', port: 443, nodePort: 30100 },
        ],
      }).ports ?? []
    expect(http?.nodePort).toBeGreaterThanOrEqual(30_000)
    expect(http?.nodePort).toBeLessThanOrEqual(32_767)
    expect(https?.nodePort).toBe(30100)
    expect(specOf({}).ports?.[0]?.nodePort).toBeUndefined()
  })

  it('a replacement without them keeps them; another type gives node ports up', () => {
    const { client, made } = created({ type: 'NodePort' })
    const replaced = client.update(service({ type: 'NodePort', selector: { app: 'y' } })) as Service
    expect(replaced.spec.clusterIP).toBe(made.spec.clusterIP)
    expect(replaced.spec.ports).toEqual(made.spec.ports)
    const internal = client.patch(ref, 'merge', { spec: { type: 'ClusterIP' } }) as Service
    expect([internal.spec.clusterIP, internal.spec.ports?.[0]?.nodePort]).toEqual([made.spec.clusterIP, undefined])
  })

  it('a load balancer that keeps its traffic local has a port for the question whether a node is healthy, and keeps it', () => {
    const local = { type: 'LoadBalancer', externalTrafficPolicy: 'Local' }
    const { client, made } = created(local)
    const port = made.spec.healthCheckNodePort as number
    expect([port >= 30_000, port <= 32_767, made.spec.ports?.some((p) => p.nodePort === port)]).toEqual([true, true, false])
    expect((client.update(service(local)) as Service).spec.healthCheckNodePort).toBe(port)
    const cluster = client.patch(ref, 'merge', { spec: { externalTrafficPolicy: 'Cluster' } }) as Service
    expect(cluster.spec).not.toHaveProperty('healthCheckNodePort')
    expect(specOf({ ...local, healthCheckNodePort: 32_222 }).healthCheckNodePort).toBe(32_222)
    expect(specOf({ type: 'LoadBalancer' })).not.toHaveProperty('healthCheckNodePort')
  })

  it('a load balancer may do without node ports', () => {
    const without = { type: 'LoadBalancer', allocateLoadBalancerNodePorts: false }
    expect(specOf(without).ports?.[0]?.nodePort).toBeUndefined()
    expect(specOf({ ...without, ports: [{ port: 80, nodePort: 30_100 }] }).ports?.[0]?.nodePort).toBe(30_100)
    const { client, made } = created({ type: 'LoadBalancer' })
    const later = client.patch(ref, 'merge', { spec: { allocateLoadBalancerNodePorts: false } }) as Service
    expect(later.spec.ports).toEqual(made.spec.ports)
  })
})
