import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { applyStrategicMergePatch } from '/work/main/src/k8s/patch/strategic-merge-patch.ts'
import { applyJsonPatch } from '/work/main/src/k8s/patch/json-patch.ts'
import { applyMergePatch } from '/work/main/src/k8s/patch/merge-patch.ts'
const base = { apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name: 'x', labels: { a: '1', b: '2' }, finalizers: ['a/a', 'b/b'] },
 spec: { selector: { matchLabels: { app: 'x' } }, updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1 } }, template: { metadata: { labels: { app: 'x' } }, spec: {
  tolerations: [{ key: 'a', operator: 'Exists' }, { key: 'b', operator: 'Exists' }],
  volumes: [{ name: 'v1', emptyDir: {} }, { name: 'v2', hostPath: { path: '/x' } }],
  containers: [{ name: 'c1', image: 'i1', args: ['1', '2'], env: [{ name: 'A', value: '1' }, { name: 'B', value: '2' }], ports: [{ containerPort: 80, name: 'p' }] }, { name: 'c2', image: 'i2' }, { name: 'c3', image: 'i3' }] } } } }
const deploy = { ...base, kind: 'Deployment', spec: { selector: base.spec.selector, template: base.spec.template, strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } } } }
const t = (spec: unknown) => ({ spec: { template: { spec } } })
const strategic: [object, unknown][] = [
 [base, t({ containers: [{ name: 'c2', image: 'new' }] })],
 [base, t({ containers: [{ name: 'c9', image: 'new' }] })],
 [base, t({ containers: [{ name: 'c9', image: 'new' }, { name: 'c1', image: 'zz' }] })],
 [base, t({ containers: [{ name: 'c2', $patch: 'delete' }] })],
 [base, t({ containers: [{ $patch: 'replace' }, { name: 'z', image: 'y' }] })],
 [base, t({ $setElementOrder: 1, containers: [{ name: 'c1', env: [{ name: 'B', $patch: 'delete' }, { name: 'C', value: '3' }] }] })],
 [base, t({ '$setElementOrder/containers': [{ name: 'c3' }, { name: 'c1' }], containers: [{ name: 'c1', image: 'q' }] })],
 [base, t({ '$setElementOrder/containers': [{ name: 'c3' }, { name: 'c2' }, { name: 'c1' }] })],
 [base, t({ '$setElementOrder/containers': [{ name: 'n' }, { name: 'c2' }], containers: [{ name: 'n', image: 'q' }] })],
 [base, t({ tolerations: [{ key: 'z' }] })],
 [base, t({ tolerations: null, nodeSelector: { a: 'b', c: null } })],
 [base, t({ volumes: [{ name: 'v2', $retainKeys: ['name', 'emptyDir'], emptyDir: {} }] })],
 [base, t({ volumes: [{ name: 'v2', emptyDir: {} }] })],
 [base, t({ containers: [{ name: 'c1', args: ['9'], ports: [{ containerPort: 81 }] }] })],
 [base, { metadata: { finalizers: ['c/c'] } }],
 [base, { metadata: { '$deleteFromPrimitiveList/finalizers': ['a/a'] } }],
 [base, { metadata: { '$deleteFromPrimitiveList/finalizers': ['a/a'], '$setElementOrder/finalizers': ['c/c', 'b/b'], finalizers: ['c/c'] } }],
 [base, { metadata: { labels: { $patch: 'replace', z: '1' } } }],
 [base, { metadata: { labels: { $patch: 'delete' } } }],
 [base, { metadata: { labels: null, annotations: { q: 'r', n: null } } }],
 [base, { spec: { updateStrategy: { type: 'OnDelete', rollingUpdate: null } } }],
 [base, { spec: { updateStrategy: { $retainKeys: ['type'], type: 'OnDelete' } } }],
 [deploy, { spec: { strategy: { $retainKeys: ['type'], type: 'Recreate' } } }],
 [deploy, { spec: { strategy: { type: 'Recreate' } } }],
 [base, t({ affinity: { nodeAffinity: { $patch: 'delete' }, podAffinity: null } })],
 [base, t({ containers: [{ image: 'new' }] })],
]
const run = (doc: object, type: string, patch: unknown) => {
  writeFileSync('/tmp/oracle.json', JSON.stringify(doc))
  try { return JSON.parse(execFileSync('kubectl', ['patch', '--local', '-f', '/tmp/oracle.json', `--type=${type}`, '-p', JSON.stringify(patch), '-o', 'json'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })) } catch (e) { return (e as { stderr: string }).stderr }
}
const clean = (v: unknown): unknown => {
  if (Array.isArray(v)) return v.length ? v.map(clean) : undefined
  if (v && typeof v === 'object') { const o = Object.fromEntries(Object.entries(v).map(([k, x]) => [k, clean(x)]).filter(([, x]) => x !== undefined && x !== null)); return Object.keys(o).length ? o : undefined }
  return v
}
const strip = (o: any) => { if (typeof o === 'string') return o; const c = clean(o) as any; delete c.status; return c }
it.each(strategic.map(([d, p]) => [JSON.stringify(p), d, p] as const))('strategic %s', (_, d, p) => {
  const want = run(d, 'strategic', p); let got: unknown
  try { got = applyStrategicMergePatch((d as any).kind, d, p) } catch (e) { got = `error: ${(e as Error).message}\n` }
  expect(strip(got)).toEqual(strip(want))
})
const json: unknown[] = [
 [{ op: 'replace', path: '/spec/template/spec/containers/0/image', value: 'n' }], [{ op: 'add', path: '/metadata/labels/x~1y', value: 'n' }],
 [{ op: 'remove', path: '/metadata/labels/nope' }], [{ op: 'remove', path: '/spec/template/spec/tolerations/0' }], [{ op: 'add', path: '/spec/template/spec/tolerations/-', value: { key: 'l' } }],
 [{ op: 'add', path: '/spec/template/spec/tolerations/1', value: { key: 'l' } }], [{ op: 'add', path: '/spec/template/spec/tolerations/7', value: { key: 'l' } }],
 [{ op: 'test', path: '/metadata/name', value: 'y' }], [{ op: 'copy', from: '/metadata/labels/a', path: '/metadata/labels/c' }], [{ op: 'move', from: '/metadata/labels/a', path: '/metadata/labels/c' }],
 [{ op: 'replace', path: '/spec/nope', value: 1 }], [{ op: 'add', path: '/metadata/annotations/x', value: 'y' }], { op: 'x' },[{ op: 'remove', path: '/spec/template/spec/tolerations/-1' }]
]
it.each(json.map((p) => [JSON.stringify(p), p] as const))('json %s', (_, p) => {
  const want = run(base, 'json', p); let got: unknown
  try { got = applyJsonPatch(base, p) } catch (e) { got = `error: ${(e as Error).message}\n` }
  if (typeof want === 'string') { console.log(want, got); expect(typeof got).toBe('string') } else expect(strip(got)).toEqual(strip(want))
})
const merge: unknown[] = [{ metadata: { labels: { a: null, z: 'y' } } }, { spec: { template: { spec: { containers: [{ name: 'o', image: 'p' }] } } } }, { metadata: { annotations: { x: { } } } }]
it.each(merge.map((p) => [JSON.stringify(p), p] as const))('merge %s', (_, p) => {
  const want = run(base, 'merge', p)
  if (typeof want === 'string') console.log(want); else expect(strip(applyMergePatch(base, p))).toEqual(strip(want))
})
