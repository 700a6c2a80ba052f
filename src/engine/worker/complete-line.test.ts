import '#shell/commands.ts'
import { expect, it } from 'vitest'
import { completeLine } from './complete-line.ts'
import { Session } from './session.ts'

it('completes types, then names of the open cluster, from where the word begins', () => {
  const session = new Session(
    () => undefined,
    () => 0,
  )
  const at = (line: string) => completeLine(session, line, line.length, [])
  expect(at('kubectl get no')).toEqual({ from: 12, words: ['nodes'] })
  expect(at('k get no')).toEqual({ from: 6, words: ['nodes'] })
  expect(at('kubectl get nodes ')).toEqual({ from: 18, words: ['worker-0', 'worker-1'] })
  expect(at('kubectl get nodes,na')).toEqual({ from: 18, words: ['namespaces'] })
  expect(at('kubectl get ds -n kube-')).toEqual({ from: 18, words: ['kube-node-lease', 'kube-public', 'kube-system'] })
})

it.each<[string, string[]]>([
  ['kub', ['kubectl']],
  ['', ['kubectl']],
  ['k get nodes | gr', ['grep']],
  ['k get nodes | xargs -n 1 kubectl get no', ['nodes']],
  ['echo x; kubectl uncor', ['uncordon']],
  ['N=$(kubectl get no', ['nodes']],
  ['kubectl describe node "$(kubectl get nodes -o na', ['name']],
  ['kubectl get nodes $(echo a) worker-', ['worker-0', 'worker-1']],
  ['for n in a b; do kubectl cordon worker-', ['worker-0', 'worker-1']],
  ['watch -n 1 kubectl get no', ['nodes']],
  ["kubectl get pods -n kube-system -l 'k8s", ['k8s-app=']],
  ['kgn ', ['worker-0', 'worker-1']],
  ['kubectl get $NO', ['NODE']],
  ['cat ag', ['agent.yaml']],
  ['echo ag', []],
])('%s', (line, words) => {
  const session = new Session(
    () => undefined,
    () => 0,
  )
  session.runLine(1, "alias kgn='kubectl get nodes'; NODE=worker-0", {}, () => undefined)
  expect(completeLine(session, line, line.length, ['agent.yaml']).words).toEqual(words)
})

it('names stand in the namespace the terminal is in', () => {
  const session = new Session(
    () => undefined,
    () => 0,
  )
  session.open.commands.advance(10_000)
  session.runLine(1, 'kubectl config set-context --current --namespace=kube-system', {}, () => undefined)
  const line = 'kubectl get deploy '
  expect(completeLine(session, line, line.length, []).words).toEqual(['coredns'])
})
