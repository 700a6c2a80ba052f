import { describe, expect, it } from 'vitest'
import type { Mention } from '#protocol/mention.ts'
import { Session } from '../session.ts'
import { examine } from './examine.ts'

const { open } = new Session(
  () => undefined,
  () => 0,
)
open.cluster.fault(
  {
    add: [
      { name: 'gpu-0', labels: { disk: 'ssd', gpu: 'a100' }, taints: [{ key: 'gpu', value: 'yes', effect: 'NoExecute' }] },
      { name: 'ssd-0', labels: { disk: 'ssd' } },
    ],
  },
  'two machines join',
)
open.cluster.runFor(60_000)

const pod = (spec: string) => `apiVersion: v1
kind: Pod
metadata:
  name: a
spec:
${spec.trim().replace(/^/gm, '  ')}
  containers: [{name: a, image: a}]
`

/** Text of the marked stretch, and what fits. */
function said(text: string) {
  const lines = text.split('\n')
  return examine(text, open.cluster.client).mentions.map((one: Mention) => {
    const first = (lines[one.line - 1] ?? '').slice(one.column - 1)
    return [one.level, first, one.endLine - one.line + 1, one.nodes.join(' '), ...(one.taints ? [one.taints.join(' ')] : [])]
  })
}

describe('mentionsOf', () => {
  it('a node selector fits the nodes with all of its labels, each line those with one (DS-4.3)', () => {
    expect(said(pod('nodeSelector:\n  disk: ssd\n  gpu: a100'))).toEqual([
      ['rule', 'nodeSelector:', 3, 'gpu-0'],
      ['term', 'disk: ssd', 1, 'gpu-0 ssd-0'],
      ['term', 'gpu: a100', 1, 'gpu-0'],
    ])
  })

  it('required affinity fits the nodes that match any of its terms (DS-4.4)', () => {
    const terms = '- matchExpressions: [{key: gpu, operator: Exists}]\n- matchFields: [{key: metadata.name, operator: In, values: [worker-0]}]'
    const affinity = `affinity:\n  nodeAffinity:\n    requiredDuringSchedulingIgnoredDuringExecution:\n      nodeSelectorTerms:\n${terms.replace(/^/gm, '        ')}`
    expect(said(pod(affinity))).toEqual([
      ['rule', 'affinity:', 1, 'gpu-0 worker-0'],
      ['rule', 'nodeAffinity:', 1, 'gpu-0 worker-0'],
      ['rule', 'requiredDuringSchedulingIgnoredDuringExecution:', 4, 'gpu-0 worker-0'],
      ['term', '{key: gpu, operator: Exists}]', 1, 'gpu-0'],
      ['term', '{key: metadata.name, operator: In, values: [worker-0]}]', 1, 'worker-0'],
    ])
  })

  it('preferred affinity fits the nodes that meet a wish, and no node is told that it does not (SCH-4.7)', () => {
    const wishes =
      '- weight: 1\n  preference: {matchExpressions: [{key: gpu, operator: Exists}]}\n- weight: 2\n  preference: {matchExpressions: [{key: disk, operator: Exists}]}'
    const affinity = `affinity:\n  nodeAffinity:\n    preferredDuringSchedulingIgnoredDuringExecution:\n${wishes.replace(/^/gm, '      ')}`
    expect(said(pod(affinity))).toEqual([
      ['rule', 'affinity:', 1, 'gpu-0 ssd-0'],
      ['rule', 'nodeAffinity:', 1, 'gpu-0 ssd-0'],
      ['rule', 'preferredDuringSchedulingIgnoredDuringExecution:', 5, 'gpu-0 ssd-0'],
      ['rule', 'weight: 1', 2, 'gpu-0'],
      ['rule', 'weight: 2', 2, 'gpu-0 ssd-0'],
    ])
  })

  it('a toleration takes the taints it tolerates, all of them together what any tolerates (DS-4.7)', () => {
    expect(said(pod('tolerations:\n- key: gpu\n  operator: Exists\n- key: other\n  operator: Exists'))).toEqual([
      ['rule', 'tolerations:', 5, 'gpu-0', 'gpu=yes:NoExecute'],
      ['rule', 'key: gpu', 2, 'gpu-0', 'gpu=yes:NoExecute'],
      ['term', 'key: gpu', 2, 'gpu-0', 'gpu=yes:NoExecute'],
      ['rule', 'key: other', 2, '', ''],
      ['term', 'key: other', 2, '', ''],
    ])
  })

  it('a node name is one node or none (DS-4.2), in the document it stands in', () => {
    expect(said(`kind: Nothing\n---\n${pod('nodeName: ssd-0')}---\n${pod('nodeName: nowhere')}`)).toEqual([
      ['rule', 'nodeName: ssd-0', 1, 'ssd-0'],
      ['term', 'nodeName: ssd-0', 1, 'ssd-0'],
      ['rule', 'nodeName: nowhere', 1, ''],
      ['term', 'nodeName: nowhere', 1, ''],
    ])
  })

  it.each(['nodeSelector:', 'tolerations:', 'tolerations:\n-', 'affinity:\n  nodeAffinity:\n    requiredDuringSchedulingIgnoredDuringExecution:'])(
    'stays calm while %j is being written',
    (spec) => {
      expect(said(pod(spec)).filter(([, , , nodes]) => nodes !== '')).toEqual([])
    },
  )
})
