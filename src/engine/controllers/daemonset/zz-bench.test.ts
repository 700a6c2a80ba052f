import { it } from 'vitest'
import { Cluster } from '../../cluster.ts'
import { daemonSet } from './test-bed.ts'

it('bench', () => {
  for (const n of [1000, 5000]) {
    const cluster = new Cluster({ kubelets: 'stand-in' })
    const parts: Record<string, [number, number]> = {}
    for (const [name, comp] of (cluster as any).components) for (const m of ['onWatch', 'onTimer']) { const f = comp[m]; comp[m] = (x: any) => { const a = performance.now(); f.call(comp, x); const p = (parts[name + '.' + m] ??= [0, 0]); p[0] += performance.now() - a; p[1]++ } }
    const show = () => { console.log(Object.entries(parts).map(([k, v]) => `${k} ${Math.round(v[0])}ms/${v[1]}`).join('; ')); for (const k in parts) delete parts[k] }
    let t = performance.now()
    cluster.fault({ add: Array.from({ length: n }, (_, i) => ({ name: `worker-${i}` })) }, 'join')
    cluster.settle()
    console.log(n, 'join', Math.round(performance.now() - t), 'ms; sim', cluster.nowMs)
    show()
    t = performance.now()
    const ds = daemonSet({ updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '10%' } } })
    const { uid: _u, ...metadata } = ds.metadata
    cluster.client.create({ ...ds, metadata } as never)
    cluster.settle()
    const get = () => (cluster.client.get({ kind: 'DaemonSet', namespace: 'default', name: 'foo' }) as typeof ds)
    console.log(n, 'apply', Math.round(performance.now() - t), 'ms; sim', cluster.nowMs, JSON.stringify(get().status))
    show()
    t = performance.now()
    const c = get()
    cluster.client.update({ ...c, spec: { ...c.spec, template: { ...c.spec.template, spec: { containers: [{ name: 'foo', image: 'foo/bar:2' }] } } } } as never)
    cluster.settle(2500, 600_000)
    console.log(n, 'rollout', Math.round(performance.now() - t), 'ms; sim', cluster.nowMs, JSON.stringify(get().status))
    show()
  }
}, 300_000)
