import { expect, it } from 'vitest'
import type { AnyObject } from '#k8s/types.ts'
import { complete } from './complete.ts'
import { fixedClient } from './testing/fixed-client.ts'

const object = (kind: string, name: string, namespace?: string, rest: object = {}) =>
  ({ apiVersion: 'v1', kind, metadata: { name, namespace, labels: { app: name } }, ...rest }) as unknown as AnyObject
const containers = { spec: { containers: [{ name: 'main' }, { name: 'side' }] } }
const client = fixedClient([
  object('Namespace', 'default'),
  object('Namespace', 'kube-system'),
  object('Node', 'n1', undefined, { spec: { taints: [{ key: 'gpu', effect: 'NoSchedule' }] } }),
  object('Node', 'n2', undefined, { spec: {} }),
  object('Pod', 'agent-1', 'default', containers),
  object('Pod', 'dns', 'kube-system', containers),
  object('DaemonSet', 'agent', 'default', { spec: { template: containers } }),
])
const at = (line: string) => complete(line, client, ['agent.yaml'])

it('completes verbs and sub-verbs', () => {
  expect(at('kub')).toEqual(['kubectl'])
  expect(at('kubectl des')).toEqual(['describe'])
  expect(at('kubectl rollout st')).toContain('status')
  expect(at('echo x; kubectl uncor')).toEqual(['uncordon'])
  expect(at('echo x')).toEqual([])
})

it('completes types and names', () => {
  expect(at('kubectl get daemon')).toEqual(['daemonsets'])
  expect(at('kubectl get no')).toEqual(['nodes'])
  expect(at('kubectl get pods,no')).toEqual(['nodes'])
  expect(at('kubectl get ds')).toEqual(['ds'])
  expect(at('kubectl get pods,ds')).toEqual(['ds'])
  expect(at('kubectl get pods ')).toEqual(['agent-1'])
  expect(at('kubectl -n kube-system get pods ')).toEqual(['dns'])
  expect(at('kubectl describe ds/a')).toEqual(['ds/agent'])
  expect(at('kubectl drain ')).toEqual(['n1', 'n2'])
  expect(at('kubectl rollout restart ds ')).toEqual(['agent'])
  expect(at('kubectl rollout restart no')).toEqual([])
})

it('completes flags and their values', () => {
  expect(at('kubectl get pods --sh')).toEqual(['--show-kind', '--show-labels', '--show-managed-fields'])
  expect(at('kubectl get pods -o w')).toEqual(['wide'])
  expect(at('kubectl get pods --output=y')).toEqual(['yaml'])
  expect(at('kubectl get pods -n kube')).toEqual(['kube-system'])
  expect(at('kubectl apply -f a')).toEqual(['agent.yaml'])
  expect(at('kubectl get pods -l app=a')).toEqual(['agent-1'])
  expect(at('kubectl logs agent-1 -c s')).toEqual(['side'])
})

it('completes containers of set image and taints of a node', () => {
  expect(at('kubectl set image ds/agent ')).toEqual(['main=', 'side='])
  expect(at('kubectl taint nodes n1 gp')).toEqual(['gpu:NoSchedule-'])
  expect(at('kubectl taint nodes n1 a=b:NoS')).toEqual(['b:NoSchedule'])
})
