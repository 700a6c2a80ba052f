import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { it } from 'vitest'
import { recordScenario } from '#scenario/play.ts'
import { readScenario } from '#scenario/read.ts'
import { createTerminal } from '#scenario/terminal.ts'
import { Cluster } from '../../cluster.ts'
// @ts-expect-error plain module
import { compare } from '../../../../e2e/conformance/compare.mjs'
for (const id of ['deployment-vs-daemonset', 'node-not-ready', 'cordon-and-drain', 'pressure-taints', 'kubelet-not-ready'])
  it(id, () => {
    const expected = JSON.parse(readFileSync(`e2e/conformance/recordings/${id}.json`, 'utf8'))
    const scenario = readScenario(readFileSync(`e2e/conformance/scenarios/${id}.yaml`, 'utf8'))
    const cluster = new Cluster({ version: '1.23', seed: 1, kubelets: 'stand-in' })
    const real = createTerminal(cluster.client).run
    const actual = recordScenario(cluster, scenario, (line, io) => {
      if (line === 'kubectl apply -f -') {
        return (function* () { const o = parse(io.stdin as string); cluster.client.create({ ...o, metadata: { namespace: 'default', ...o.metadata } }); return 0 })() as never
      }
      if (line === 'kubectl delete deploy web') return (function* () { cluster.client.delete({ kind: 'Deployment', namespace: 'default', name: 'web' }, { propagationPolicy: 'Background' }); return 0 })() as never
      if (line.startsWith('kubectl scale deploy web')) return (function* () { cluster.client.patch({ kind: 'Deployment', namespace: 'default', name: 'web' }, 'merge', { spec: { replicas: Number(line.split('=')[1]) } }); return 0 })() as never
      return real(line, io)
    })
    const { total, diffs } = compare(expected, JSON.parse(JSON.stringify(actual)))
    console.log(id, total, diffs.length, diffs.filter((d: {what: string}) => !['stdout', 'stderr', 'exit'].includes(d.what)).slice(0, 12).map((d: { at: string; what: string; value: string; actual: string }) => { const [a,b] = [d.value ?? '', d.actual ?? ''].map((x) => x.split('\n')) as [string[], string[]]; return `${d.at}: ${d.what}\n` + a.filter((l) => !b.includes(l)).map((l) => '   - ' + l + '\n').join('') + b.filter((l) => !a.includes(l)).map((l) => '   + ' + l + '\n').join('') }).join('\n'))
  })
