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
