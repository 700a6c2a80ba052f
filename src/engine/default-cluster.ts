import type { Deployment } from '#k8s/types.ts'
import type { Cluster } from './cluster.ts'
import { createClient } from './store/client.ts'

/** Who sets a cluster up, and is not the one who then uses it. */
const installer = 'kubeadm'

const labels = { 'k8s-app': 'kube-dns' }

/** The CoreDNS Deployment of a fresh cluster: two pods that any node may have. */
const coreDns: Omit<Deployment, 'status'> = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'coredns', namespace: 'kube-system', labels },
  spec: {
    replicas: 2,
    selector: { matchLabels: labels },
    template: {
      metadata: { labels },
      spec: {
        priorityClassName: 'system-cluster-critical',
        tolerations: [
          { key: 'CriticalAddonsOnly', operator: 'Exists' },
          { key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' },
        ],
        containers: [
          {
            name: 'coredns',
            image: 'registry.k8s.io/coredns/coredns:v1.13.1',
            resources: { requests: { cpu: '100m', memory: '70Mi' }, limits: { memory: '170Mi' } },
            ports: [{ name: 'dns', containerPort: 53, protocol: 'UDP' }],
          },
        ],
      },
    },
  },
}

/** The cluster a visitor finds: worker-0 and worker-1, Ready, and CoreDNS running (spec/article.md). */
export function populateDefaultCluster(cluster: Cluster): void {
  cluster.fault({ add: [{ name: 'worker-0' }, { name: 'worker-1' }] }, 'worker-0, worker-1 join the cluster')
  cluster.settle()
  const { core } = cluster
  const cause = core.note({ by: installer, verb: 'run', text: 'the cluster is set up' })
  core.withCause(cause, () => createClient(core, installer).create(coreDns as Deployment, { fieldManager: installer }))
  cluster.settle()
}
