import { expect, it } from 'vitest'
import { Cluster } from '#engine/cluster.ts'
import type { Pod } from '#k8s/types.ts'
import { parseArgs } from './args.ts'
import { runWords } from './testing/run-line.ts'

const many = 150_000

/** A cluster of very many pods, which are one and the same. */
function fullCluster(): Cluster {
  const cluster = new Cluster({ seed: 7 })
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'default' }, spec: { containers: [] }, status: {} } as unknown as Pod
  for (let i = 0; i < many; i++) cluster.core.state.tables.Pod.set(`default/p${i}`, pod)
  return cluster
}

it.each([
  ['get pods -o name', many],
  ['get pods -o jsonpath={range.items[*]}{.kind}{"\\n"}{end}', many],
  ['label pods --all a=b --dry-run=client -o name', many],
])('lists are as long as the cluster: %s', (line, rows) => {
  const { stdout, stderr } = runWords(line.split(' '), fullCluster().client)
  expect(stderr).toBe('')
  expect(stdout.split('\n').length - 1).toBe(rows)
})

it('a line may name as many', () => {
  const words = Array.from({ length: 300_000 }, () => 'pod/p')
  expect(parseArgs(words, []).operands).toHaveLength(300_000)
  expect(parseArgs(['--', ...words], []).operands).toHaveLength(300_000)
})
