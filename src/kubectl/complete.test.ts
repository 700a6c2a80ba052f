import { expect, it } from 'vitest'
import type { AnyObject } from '#k8s/types.ts'
import { complete } from './complete.ts'
import { fixedClient } from './testing/fixed-client.ts'

const object = (kind: string, name: string, namespace?: string, rest: object = {}) =>
  ({ apiVersion: 'v1', kind, metadata: { name, namespace, labels: { app: name } }, ...rest }) as unknown as AnyObject
const containers = { spec: { containers: [{ name: 'main' }, { name: 'side' }] } }
const revisionOf = (owner: string, revision: number) => {
  const made = object('ControllerRevision', `${owner}-${revision}`, 'default', { revision })
  return { ...made, metadata: { ...made.metadata, ownerReferences: [{ name: owner }] } } as AnyObject
}
const client = fixedClient([
  object('Namespace', 'default'),
  object('Namespace', 'kube-system'),
  object('Node', 'n1', undefined, { spec: { taints: [{ key: 'gpu', effect: 'NoSchedule' }] } }),
  object('Node', 'n2', undefined, { spec: {} }),
  object('Pod', 'agent-1', 'default', containers),
  object('Pod', 'dns', 'kube-system', containers),
  object('DaemonSet', 'agent', 'default', { spec: { template: containers } }),
  ...[1, 2].map((revision) => revisionOf('agent', revision)),
])
const at = (line: string) => {
  const words = line.split(' ').slice(1)
  const word = words.pop() ?? ''
  return complete(words, word, client, ['agent.yaml'])
}

it('completes verbs and sub-verbs', () => {
  expect(at('kubectl des')).toEqual(['describe'])
  expect(at('kubectl rollout st')).toContain('status')
  expect(at('kubectl uncor')).toEqual(['uncordon'])
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

it('completes what only some verbs take', () => {
  expect(at('kubectl rollout st')).toEqual(['status'])
  expect(at('kubectl rollout pause d')).toEqual(['deployments'])
  expect(at('kubectl help rollout un')).toEqual(['undo'])
  expect(at('kubectl autoscale d')).toEqual(['deployments'])
  expect(at('kubectl expose p')).toEqual(['pods'])
  expect(at('kubectl apply view-last-applied ds ')).toEqual(['agent'])
  expect(at('kubectl top node ')).toEqual(['n1', 'n2'])
  expect(at('kubectl top pod ')).toEqual(['agent-1'])
  expect(at('kubectl logs agent-1 ')).toEqual(['main', 'side'])
  expect(at('kubectl get ds,pods ')).toEqual(['agent', 'agent-1'])
  expect(at('kubectl get daemonsets.a')).toEqual(['daemonsets.apps'])
  expect(at('kubectl config use-context ')).toEqual(['playground'])
  expect(at('kubectl get pods --context ')).toEqual(['playground'])
  expect(at('kubectl api-resources -o ')).toEqual(['json', 'name', 'wide', 'yaml'])
  expect(at('kubectl api-resources --sort-by=')).toEqual(['kind', 'name'])
  expect(at('kubectl get pods -o jsonpath-f')).toEqual(['jsonpath-file='])
})

it('completes flags and their values', () => {
  expect(at('kubectl get pods --sh')).toEqual(['--show-kind', '--show-labels', '--show-managed-fields'])
  expect(at('kubectl get pods -o w')).toEqual(['wide'])
  expect(at('kubectl get pods --output=y')).toEqual(['yaml'])
  expect(at('kubectl get pods -n kube')).toEqual(['kube-system'])
  expect(at('kubectl apply -f a')).toEqual(['agent.yaml'])
  expect(at('kubectl get pods -l a')).toEqual(['app='])
  expect(at('kubectl get pods -l app=a')).toEqual(['agent-1'])
  expect(at('kubectl get pods -l x=y,app=a')).toEqual(['agent-1'])
  expect(at('kubectl get pods -L a')).toEqual(['app'])
  expect(at('kubectl get pods --field-selector spec.')).toEqual(['spec.nodeName='])
  expect(at('kubectl get pods --field-selector=spec.nodeName=n')).toEqual(['n1', 'n2'])
  expect(at('kubectl wait pods agent-1 --for=c')).toEqual(['condition=', 'create'])
  expect(at('kubectl wait node/n1 --for=condition=R')).toEqual(['Ready'])
  expect(at('kubectl events --for pod/a')).toEqual(['pod/agent-1'])
  expect(at('kubectl patch ds agent --type=m')).toEqual(['merge'])
  expect(at('kubectl rollout undo ds/agent --to-revision=')).toEqual(['1', '2'])
  expect(at('kubectl logs agent-1 -c s')).toEqual(['side'])
})

it('completes containers of set image and taints of a node', () => {
  expect(at('kubectl set image ds/agent ')).toEqual(['main=', 'side='])
  expect(at('kubectl taint nodes n1 gp')).toEqual(['gpu:NoSchedule-'])
  expect(at('kubectl taint nodes n1 a=b:NoS')).toEqual(['b:NoSchedule'])
  expect(at('kubectl taint nodes n2 gp')).toEqual(['gpu:NoSchedule'])
})

it('completes keys and values of labels to write', () => {
  expect(at('kubectl label nodes n1 a')).toEqual(['app-', 'app='])
  expect(at('kubectl label ds/agent app=')).toEqual(['agent'])
  expect(at('kubectl label nodes n1 n')).toEqual(['n2'])
})
