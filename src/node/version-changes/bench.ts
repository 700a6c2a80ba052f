import { Cluster, type ClusterOptions } from '#engine/cluster.ts'
import type { KubeEvent, Pod } from '#k8s/types.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import type { Fault } from '#protocol/messages.ts'
import { Commands } from '#scenario/commands.ts'
import { createTerminal } from '#scenario/terminal.ts'

/** A small cluster of one version, with a terminal. */
export class Bench {
  readonly cluster: Cluster
  private readonly commands: Commands
  private readonly terminal: ReturnType<typeof createTerminal>

  constructor(version: KubernetesVersion, machines: { name: string; [more: string]: unknown }[], kubelets: ClusterOptions['kubelets'] = 'stand-in') {
    this.cluster = new Cluster({ version, kubelets })
    this.commands = new Commands(this.cluster)
    this.terminal = createTerminal(this.cluster.client)
    this.fault({ add: machines } as Fault)
    this.cluster.settle()
  }

  fault(fault: Fault): void {
    this.cluster.fault(fault, 'test')
  }

  /** Runs a line, then lets `seconds` pass (default: until it is quiet). Returns what it printed. */
  run(line: string, stdin?: string, seconds?: number): string {
    let text = ''
    const say = (t: string) => {
      text += t
    }
    this.commands.start(
      1,
      this.terminal.run(line, { out: say, err: say, stdin, readFile: () => undefined }),
      this.cluster.begin(line),
      () => undefined,
    )
    this.commands.finish(600_000)
    if (seconds === undefined) this.cluster.settle()
    else this.cluster.runFor(seconds * 1000)
    return text
  }

  apply(manifest: object, seconds?: number): string {
    return this.run('kubectl apply -f -', JSON.stringify(manifest), seconds)
  }

  pods(): Pod[] {
    return [...this.cluster.core.state.tables.Pod.values()]
  }

  pod(name: string): Pod | undefined {
    return this.pods().find((pod) => pod.metadata.name === name || pod.metadata.name.startsWith(`${name}-`))
  }

  /** Messages of the events with this reason, oldest first. */
  events(reason: string): string[] {
    return (this.cluster.client.list('Event').items as KubeEvent[]).flatMap((event) => (event.reason === reason ? [event.message] : []))
  }

  /** Types of the pod's conditions that are True, in their order. */
  conditions(name: string): string[] {
    return (this.pod(name)?.status.conditions ?? []).flatMap((c) => (c.status === 'True' ? [c.type] : []))
  }
}

/** A pod as a manifest. */
export const pod = (name: string, spec: object = {}, labels: Record<string, string> = { app: name }): object => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, labels },
  spec: { containers: [{ name: 'c', image: 'c:1' }], ...spec },
})

interface Workload {
  spec?: object
  pod?: object
  image?: string
}

const workload = (kind: string, name: string, { spec = {}, pod: podSpec = {}, image = 'c:1' }: Workload): object => ({
  apiVersion: 'apps/v1',
  kind,
  metadata: { name },
  spec: {
    selector: { matchLabels: { app: name } },
    template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: 'c', image }], ...podSpec } },
    ...spec,
  },
})

export const daemonSet = (name: string, parts: Workload = {}): object => workload('DaemonSet', name, parts)
export const deployment = (name: string, parts: Workload = {}): object => workload('Deployment', name, parts)
export const statefulSet = (name: string, { spec = {}, ...parts }: Workload = {}): object =>
  workload('StatefulSet', name, { ...parts, spec: { serviceName: name, ...spec } })
