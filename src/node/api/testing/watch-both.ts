import { Cluster } from '#engine/cluster.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import { keepPrinted } from '#kubectl/testing/keep-printed.ts'
import { Commands } from '#scenario/commands.ts'
import { createTerminal } from '#scenario/terminal.ts'
import { type Both, yesterday } from './play-both.ts'
import { RealKubectl } from './real-kubectl.ts'

/** Three machines with a DaemonSet `agent` whose pods are Ready. */
export function agentCluster(version: KubernetesVersion): Cluster {
  const cluster = new Cluster({ version, kubelets: 'stand-in', epochMs: yesterday() })
  cluster.fault({ add: [{ name: 'w0' }, { name: 'w1' }, { name: 'w2' }] }, 'three machines')
  cluster.settle()
  const labels = { app: 'agent' }
  const template = { metadata: { labels }, spec: { containers: [{ name: 'agent', image: 'agent:v1' }] } }
  const manifest = { apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name: 'agent' }, spec: { selector: { matchLabels: labels }, template } }
  cluster.client.create(manifest)
  cluster.settle()
  return cluster
}

/** What a watching kubectl line prints while another line is run; both without the word `kubectl`. */
export async function watchBoth(watch: string, other: string, version: KubernetesVersion, program: string): Promise<Both> {
  const cluster = agentCluster(version)
  const twin = cluster.fork()
  const kubectl = await RealKubectl.start(cluster, program)
  const script = `kubectl ${watch} & W=$!; sleep 1; kubectl ${other} > out; sleep 2; kill $W`
  const real = await kubectl.run(script).finally(() => kubectl.close())

  const { io, printed } = keepPrinted()
  const commands = new Commands(twin)
  const { run } = createTerminal(twin.client)
  commands.start(1, run(`kubectl ${watch}`, io), twin.begin(watch), () => {})
  commands.start(2, run(`kubectl ${other}`, { ...io, out: () => {} }), twin.begin(other), () => {})
  commands.advance(twin.nowMs + 20_000)
  commands.interruptAll()
  return { at: watch, real: { ...real, after: '' }, ours: { ...printed, exit: real.exit, after: '' } }
}
