import { expect, it } from 'vitest'
import type { Service } from '#k8s/types.ts'
import { servicePrinter } from './others.ts'

const ingress = (...addresses: object[]) => ({ loadBalancer: { ingress: addresses } })
const external = ['80.11.12.10', '80.11.12.11']

/** @source pkg/printers/internalversion/printers_test.go TestPrintService, TestPrintServiceLoadBalancer */
it.each<[type: string, spec: object, status: Service['status'], shown: string]>([
  ['ClusterIP', {}, {}, '<none>'],
  ['NodePort', { externalIPs: external }, {}, '80.11.12.10,80.11.12.11'],
  ['LoadBalancer', {}, {}, '<pending>'],
  ['LoadBalancer', { externalIPs: external }, {}, '80.11.12.10,80.11.12.11'],
  ['LoadBalancer', {}, ingress({ ip: '3.4.5.6' }, { ip: '2.3.4.5' }, { ip: '3.4.5.6' }), '2.3.4.5,3.4.5.6'],
  ['LoadBalancer', {}, ingress({ ip: '5.6.7.8', hostname: 'host5678' }, { hostname: 'a.example' }), '5.6.7.8,a.example'],
  ['LoadBalancer', { externalIPs: external }, ingress({ ip: '3.4.5.6' }), '3.4.5.6,80.11.12.10,80.11.12.11'],
  ['ExternalName', { externalName: 'my.database.example.com', externalIPs: external }, {}, 'my.database.example.com'],
])('EXTERNAL-IP of a %s with %j', (type, spec, status, shown) => {
  const service: Service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 's' }, spec: { type, ...spec }, status }
  expect(servicePrinter.cells(service, { nowMs: 0, version: '1.36' })[3]).toBe(shown)
})
