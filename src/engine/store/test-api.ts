import type { ApiError } from '#k8s/api-error.ts'
import type { AnyObject, Kind, KubeObject, Pod } from '#k8s/types.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import { Cluster } from '../cluster.ts'

export type Part = Record<string, unknown>

export const pod = (name: string, spec: Part = {}, metadata: Part = {}): KubeObject =>
  ({ apiVersion: 'v1', kind: 'Pod', metadata: { name, ...metadata }, spec: { containers: [{ name: 'c', image: 'a:1' }], ...spec } }) as KubeObject

export const priorityClass = (name: string, value: number, more: Part = {}): KubeObject =>
  ({ apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name }, value, ...more }) as KubeObject

export const daemonSet = (name: string, finalizers?: string[]): KubeObject =>
  ({
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name, finalizers },
    spec: {
      selector: { matchLabels: { app: name } },
      template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: 'c', image: 'a:1' }] } },
    },
  }) as KubeObject

/** A cluster without nodes, as its API's clients see it. */
export class Api {
  readonly cluster: Cluster
  constructor(version: KubernetesVersion = '1.36') {
    this.cluster = new Cluster({ seed: 1, version })
  }
  get client() {
    return this.cluster.client
  }
  get<T extends AnyObject>(kind: Kind, name: string): T | undefined {
    return this.cluster.core.state.tables[kind].get(kind === 'Pod' || kind === 'DaemonSet' ? `default/${name}` : name) as T | undefined
  }
  /** A pod that runs on a node, as far as the API is concerned: nobody finishes its deletion. */
  bound(name: string, metadata: Part = {}, spec: Part = {}): Pod {
    return this.client.create(pod(name, { nodeName: 'gone', ...spec }, metadata)) as Pod
  }
}

/** What a call is refused with, or `done`. */
export const refusal = (work: () => unknown): string => {
  try {
    work()
  } catch (error) {
    return `${(error as ApiError).reason}: ${(error as ApiError).message}`
  }
  return 'done'
}

export const ref = (kind: Kind, name: string) => ({ kind, name, ...((kind === 'Pod' || kind === 'DaemonSet') && { namespace: 'default' }) })
