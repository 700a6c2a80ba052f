import { expect, test } from 'vitest'
import { workloadLetters } from './workload-look.ts'

const lettersOf = (names: readonly string[]) => {
  const keys = names.map((name) => (name.includes('/') ? name : `DaemonSet/default/${name}`))
  const numbers = new Map(keys.map((key, at) => [key, at]))
  return keys.map((key) => workloadLetters(key, numbers))
}

test('a workload has its initials, or how its name begins', () => {
  expect(lettersOf(['node-agent', 'web', 'ds-1', 'x'])).toEqual(['na', 'we', 'ds', 'x'])
  expect(workloadLetters('Deployment/kube-system/coredns', new Map())).toBe('co')
})

test('no two workloads have the same letters, and none gets others when more come', () => {
  const names = ['ssd-agent', 'surge-agent', 'ds-0', 'ds-1', 'web', 'Deployment/default/web', 'Deployment/team/web']
  expect(lettersOf(names)).toEqual(['sa', 'su', 'ds', 'd1', 'we', 'wb', 'we'])
  for (const count of names.keys()) expect(lettersOf(names.slice(0, count))).toEqual(lettersOf(names).slice(0, count))
})
