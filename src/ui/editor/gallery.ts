import { daemonSetManifest, deploymentManifest } from '../actions/sample-manifests.ts'
import { en } from '../text/en.ts'

/** A manifest to begin with. */
export interface Sample {
  /** File name it gets. */
  file: string
  title: string
  text: string
}

interface AgentParts {
  name: string
  image?: string
  /** Lines of `spec`, two spaces in. */
  spec?: string
  /** Lines of the pod's `spec`, six spaces in. */
  pod?: string
  /** Further lines of the container, ten spaces in. */
  container?: string
}

const lines = (text: string | undefined, indent: string) => (text ? `${text.trim().replace(/^/gm, indent)}\n` : '')

const agent = ({ name, image = 'busybox:1.36', spec, pod, container }: AgentParts): string => `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: ${name}
spec:
${lines(spec, '  ')}  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
    spec:
${lines(pod, '      ')}      containers:
        - name: ${name}
          image: ${image}
${lines(container, '          ')}`

const statefulSet = `apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: db
spec:
  serviceName: db
  replicas: 2
  selector:
    matchLabels:
      app: db
  template:
    metadata:
      labels:
        app: db
    spec:
      containers:
        - name: db
          image: postgres:17
`

const { gallery } = en.editor

/** What the gallery offers, in the order in which one learns. */
export const samples: readonly Sample[] = [
  { file: 'node-agent.yaml', title: gallery.agent, text: daemonSetManifest },
  {
    file: 'log-collector.yaml',
    title: gallery.logs,
    text: agent({
      name: 'log-collector',
      image: 'fluentd:v1.18',
      pod: `tolerations:
  - key: node-role.kubernetes.io/control-plane
    operator: Exists
    effect: NoSchedule
volumes:
  - name: varlog
    hostPath:
      path: /var/log`,
      container: `volumeMounts:
  - name: varlog
    mountPath: /var/log
    readOnly: true`,
    }),
  },
  { file: 'ssd-agent.yaml', title: gallery.ssd, text: agent({ name: 'ssd-agent', pod: 'nodeSelector:\n  disk: ssd' }) },
  {
    file: 'gpu-driver.yaml',
    title: gallery.gpu,
    text: agent({
      name: 'gpu-driver',
      image: 'gpu-driver:570',
      spec: 'updateStrategy:\n  type: RollingUpdate\n  rollingUpdate:\n    maxUnavailable: 50%\nminReadySeconds: 10',
      pod: `affinity:
  nodeAffinity:
    requiredDuringSchedulingIgnoredDuringExecution:
      nodeSelectorTerms:
        - matchExpressions:
            - key: gpu
              operator: Exists`,
    }),
  },
  {
    file: 'cni.yaml',
    title: gallery.cni,
    text: agent({
      name: 'cni',
      image: 'cilium:1.18',
      pod: 'priorityClassName: system-node-critical\nhostNetwork: true\ntolerations:\n  - operator: Exists',
    }),
  },
  {
    file: 'surge-agent.yaml',
    title: gallery.surge,
    text: agent({ name: 'surge-agent', spec: 'updateStrategy:\n  type: RollingUpdate\n  rollingUpdate:\n    maxSurge: 1\n    maxUnavailable: 0' }),
  },
  { file: 'by-hand.yaml', title: gallery.onDelete, text: agent({ name: 'by-hand', spec: 'updateStrategy:\n  type: OnDelete' }) },
  { file: 'web.yaml', title: gallery.deployment, text: deploymentManifest },
  { file: 'db.yaml', title: gallery.statefulSet, text: statefulSet },
]
