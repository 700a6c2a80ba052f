import { expect, test } from 'vitest'
import { summarizeStep } from './summarize-step.ts'

const apply = (stdin: string) => summarizeStep({ run: 'kubectl apply -f -', stdin }).text

test('a command that reads a text says what is in it', () => {
  expect(apply('apiVersion: apps/v1\nkind: DaemonSet\nmetadata:\n  labels: {a: b}\n  name: agent\nspec: {}\n')).toBe(
    'kubectl apply -f -  # DaemonSet agent',
  )
  expect(apply('kind: DaemonSet\nmetadata: {name: a}\n---\nkind: Deployment\nmetadata: {namespace: x, name: web}\n')).toBe(
    'kubectl apply -f -  # DaemonSet a, Deployment web',
  )
  expect(summarizeStep({ run: 'kubectl apply -f -', stdin: 'kind: DaemonSet\nmetadata: {name: a}\n' }).manifest).toEqual({
    name: 'a',
    text: 'kind: DaemonSet\nmetadata: {name: a}\n',
  })
  expect(apply('a: b\n')).toBe('kubectl apply -f -')
  expect(summarizeStep({ run: 'kubectl get ds' }).text).toBe('kubectl get ds')
})

test.each([
  [{ node: { add: [{ name: 'a' }, { name: 'b' }] } }, '# outside Kubernetes: a, b join the cluster'],
  [{ node: { add: { name: 'a' } } }, '# outside Kubernetes: a joins the cluster'],
  [{ node: { condition: { name: 'a', set: { NotReady: true } } } }, '# outside Kubernetes: the kubelet on a reports Ready=False'],
  [
    { node: { condition: { name: 'a', set: { NotReady: false, DiskPressure: true } } } },
    '# outside Kubernetes: the kubelet on a reports Ready=True, DiskPressure=True',
  ],
  [{ wait: 5 }, '# 5 s pass'],
])('%j', (step, text) => {
  expect(summarizeStep(step).text).toBe(text)
})
