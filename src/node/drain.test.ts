/** TL-7, NL-10 and DS-11.9: what `kubectl drain` says and does. */
import { expect, test } from 'vitest'
import type { KubeNode } from '#k8s/types.ts'
import { Bench, pod } from './version-changes/bench.ts'

const workload = (kind: 'DaemonSet' | 'Deployment', name: string, spec: object = {}) => ({
  apiVersion: 'apps/v1',
  kind,
  metadata: { name },
  spec: {
    selector: { matchLabels: { app: name } },
    template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: 'c', image: 'c:1' }] } },
    ...spec,
  },
})

/** Nodes a and b, a daemon pod on each, one Deployment pod on a. */
function bench(): Bench {
  const made = new Bench('1.36', [{ name: 'a' }, { name: 'b' }])
  made.run('kubectl cordon b')
  made.apply(workload('DaemonSet', 'agent'))
  made.apply(workload('Deployment', 'web', { replicas: 1 }))
  made.run('kubectl uncordon b')
  return made
}

const nameOn = (b: Bench, app: string, node: string) =>
  b.pods().find((p) => p.metadata.labels?.app === app && p.spec.nodeName === node)?.metadata.name
const isCordoned = (b: Bench, name: string) => (b.cluster.client.get({ kind: 'Node', name }) as KubeNode).spec.unschedulable === true

test('TL-7, NL-10.5, NL-10.6, DS-11.9: without flags: the error, the node stays cordoned, no pod is touched', () => {
  const b = bench()
  const agent = nameOn(b, 'agent', 'a')
  const error = `cannot delete DaemonSet-managed Pods (use --ignore-daemonsets to ignore): default/${agent}`
  expect(b.run('kubectl drain a')).toBe(
    [
      'node/a cordoned',
      `error: unable to drain node "a" due to error: ${error}, continuing command...`,
      'There are pending nodes to be drained:',
      ' a',
      error,
      '',
    ].join('\n'),
  )
  expect(isCordoned(b, 'a')).toBe(true)
  expect(nameOn(b, 'web', 'a')).toBeDefined()
})

test('TL-7, NL-10.3, NL-10.8, NL-10.10, DS-11.9: with --ignore-daemonsets: a warning, the Deployment pod moves, the daemon pod stays', () => {
  const b = bench()
  const [agent, web] = [nameOn(b, 'agent', 'a'), nameOn(b, 'web', 'a')]
  expect(b.run('kubectl drain a --ignore-daemonsets')).toBe(
    [
      'node/a cordoned',
      `Warning: ignoring DaemonSet-managed Pods: default/${agent}`,
      `evicting pod default/${web}`,
      `pod/${web} evicted`,
      'node/a drained',
      '',
    ].join('\n'),
  )
  expect(nameOn(b, 'agent', 'a')).toBe(agent)
  expect(nameOn(b, 'web', 'b')).toBeDefined()
})

test('NL-10.5, NL-10.7: a pod that nobody controls goes only with --force', () => {
  const b = new Bench('1.36', [{ name: 'a' }])
  b.apply(pod('lone'))
  expect(b.run('kubectl drain a')).toContain('cannot delete Pods that declare no controller (use --force to override): default/lone')
  expect(b.run('kubectl drain a --force')).toContain('Warning: deleting Pods that declare no controller: default/lone')
  expect(b.pod('lone')).toBeUndefined()
})

test('NL-10.2, TRAP-13: the first filter that says no decides, else the last one; so the warning about local storage never shows', () => {
  const b = new Bench('1.36', [{ name: 'a' }])
  const volumes = [{ name: 'v', emptyDir: {} }]
  b.apply(
    workload('DaemonSet', 'agent', {
      template: { metadata: { labels: { app: 'agent' } }, spec: { containers: [{ name: 'c', image: 'c:1' }], volumes } },
    }),
  )
  b.apply(pod('lone', { volumes }))
  b.apply(pod('bare'))
  const agent = nameOn(b, 'agent', 'a')
  const daemon = `DaemonSet-managed Pods (use --ignore-daemonsets to ignore): default/${agent}`
  const local = 'Pods with local storage (use --delete-emptydir-data to override): default/lone'
  const unmanaged = (...names: string[]) =>
    `Pods that declare no controller (use --force to override): ${names.map((n) => `default/${n}`).join(', ')}`
  const errors = (flags = '') =>
    b
      .run(`kubectl drain a${flags}`)
      .split('\n')
      .flatMap((line) => (line.startsWith('error: ') ? [line.slice('error: unable to drain node "a" due to error: '.length)] : []))
  const all = (...texts: string[]) =>
    `${texts.length > 1 ? '[' : ''}${texts.map((text) => `cannot delete ${text}`).join(', ')}${texts.length > 1 ? ']' : ''}, continuing command...`
  // a daemon pod with a volume is of the first group alone, a lone pod with one of the second
  expect(errors()).toEqual([all(daemon, unmanaged('bare'), local)])
  expect(errors(' --ignore-daemonsets --delete-emptydir-data')).toEqual([all(unmanaged('bare', 'lone'))])
  expect(errors(' --ignore-daemonsets --force')).toEqual([all(local)])
  const said = b.run('kubectl drain a --ignore-daemonsets --force --delete-emptydir-data')
  expect(said).not.toContain('local storage')
  expect(said).toContain('deleting Pods that declare no controller: default/bare, default/lone')
  expect(b.pods().map((p) => p.metadata.name)).toEqual([agent])
})

test('NL-10.3, NL-10.4: mirror pods are passed over in silence; what has ended goes without any flag', () => {
  const b = new Bench('1.36', [{ name: 'a' }])
  b.apply({ ...pod('mirror', { nodeName: 'a' }), metadata: { name: 'mirror', annotations: { 'kubernetes.io/config.mirror': 'x' } } })
  b.apply(pod('ended', { volumes: [{ name: 'v', emptyDir: {} }] }))
  b.apply(workload('DaemonSet', 'agent', { updateStrategy: { type: 'OnDelete' } }))
  b.fault({ podFails: { name: 'a', app: 'ended', reason: 'Evicted', message: 'gone' } })
  expect(b.run('kubectl drain a --ignore-daemonsets')).toBe(
    [
      'node/a cordoned',
      `Warning: ignoring DaemonSet-managed Pods: default/${nameOn(b, 'agent', 'a')}`,
      'evicting pod default/ended',
      'pod/ended evicted',
      'node/a drained',
      '',
    ].join('\n'),
  )
  expect(b.pod('mirror')).toBeDefined()
})

test('NL-10.3: a pod whose DaemonSet is gone is an error, and goes only with --force', () => {
  const b = new Bench('1.36', [{ name: 'a' }])
  const uid = '11111111-1111-1111-1111-111111111111'
  b.apply({
    ...pod('left'),
    metadata: { name: 'left', ownerReferences: [{ apiVersion: 'example.com/v1', kind: 'DaemonSet', name: 'agent', uid, controller: true }] },
  })
  expect(b.run('kubectl drain a --ignore-daemonsets')).toContain(
    'due to error: cannot delete daemonsets.apps "agent" not found: default/left, continuing',
  )
  // the last filter finds a controller and has nothing to warn of (NL-10.2)
  expect(b.run('kubectl drain a --force')).toBe('node/a already cordoned\nevicting pod default/left\npod/left evicted\nnode/a drained\n')
})

test('NL-10.1: cordon and uncordon say what was so already', () => {
  const b = new Bench('1.36', [{ name: 'a' }])
  expect(['cordon', 'cordon', 'uncordon', 'uncordon'].map((verb) => b.run(`kubectl ${verb} a`))).toEqual([
    'node/a cordoned\n',
    'node/a already cordoned\n',
    'node/a uncordoned\n',
    'node/a already uncordoned\n',
  ])
})

test('NL-10.9: --pod-selector, --skip-wait-for-delete-timeout, --grace-period and --timeout', () => {
  const b = new Bench('1.36', [{ name: 'a' }])
  for (const name of ['one', 'two', 'three']) b.apply({ ...pod(name), metadata: { name, labels: { app: name } } })
  expect(b.run('kubectl drain a --force --pod-selector=app=one')).toContain('evicting pod default/one\npod/one evicted\nnode/a drained\n')
  expect(b.pods().map((p) => p.metadata.name)).toEqual(['two', 'three'])
  b.cluster.fault({ fail: 'a' }, 'a stops')
  const late = b.run('kubectl drain a --force --pod-selector=app=two --grace-period=7 --timeout=20s')
  expect(late).toContain('error when waiting for pod "two" in namespace "default" to terminate: context deadline exceeded')
  expect(b.pod('two')?.metadata.deletionGracePeriodSeconds).toBe(7)
  expect(b.run('kubectl drain a --force --pod-selector=app=two --skip-wait-for-delete-timeout=5')).toBe('node/a already cordoned\nnode/a drained\n')
  const deleted = b.run('kubectl drain a --force --disable-eviction --pod-selector=app=three --timeout=20s')
  expect(deleted.split('\n').slice(2)).toEqual([
    'There are pending pods in node "a" when an error occurred: context deadline exceeded',
    'pod/three',
    'error: unable to drain node "a" due to error: context deadline exceeded, continuing command...',
    'There are pending nodes to be drained:',
    ' a',
    'error: context deadline exceeded',
    '',
  ])
})
