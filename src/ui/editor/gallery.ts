import { daemonSetManifest, deploymentManifest } from '../actions/sample-manifests.ts'
import { editorText } from '../text/editor.ts'

/** A manifest to begin with. */
export interface Sample {
  /** File name it gets. */
  file: string
  title: string
  text: string
}

interface AgentParts {
  /** What it teaches: comments above everything. */
  says: string
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

const comment = (text: string) => text.replace(/^/gm, '# ')

const agent = ({ says, name, image = 'busybox:1.36', spec, pod, container }: AgentParts): string => `${comment(says)}
apiVersion: apps/v1
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

const statefulSet = `# Pods with names of their own, made one after the
# other. Stop a kubelet: db-0 is not made anew before
# the old one is known to be gone, so that two db-0
# never run.
apiVersion: apps/v1
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

const { gallery } = editorText

/** What the gallery offers, in the order in which one learns. */
export const samples: readonly Sample[] = [
  {
    file: 'node-agent.yaml',
    title: gallery.agent,
    text: `# One pod on every node: add a node, and it gets one.
# There is no number of replicas; the nodes are it.
${daemonSetManifest}`,
  },
  {
    file: 'log-collector.yaml',
    title: gallery.logs,
    text: agent({
      says: 'Logs of every node, the control plane too: its taint\nkeeps pods away, a toleration lets these in.\nAdd a control-plane node to see it.',
      name: 'log-collector',
      image: 'fluentd:v1.18',
      pod: `tolerations:
  # without value and operator Exists: any value of this taint
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
  {
    file: 'ssd-agent.yaml',
    title: gallery.ssd,
    text: agent({
      says: 'Only on nodes labelled disk=ssd. None is yet, so\nDESIRED is 0. Give one the label:\n  kubectl label node worker-0 disk=ssd\nTake it off again (disk-), and the pod goes.',
      name: 'ssd-agent',
      pod: 'nodeSelector:\n  disk: ssd',
    }),
  },
  {
    file: 'gpu-driver.yaml',
    title: gallery.gpu,
    text: agent({
      says: 'For nodes with a label gpu, whatever it says:\n  kubectl label node worker-0 worker-1 gpu=a100\nChange the image and apply again: half of the pods\nare replaced at a time.',
      name: 'gpu-driver',
      image: 'gpu-driver:570',
      spec: 'updateStrategy:\n  type: RollingUpdate\n  rollingUpdate:\n    maxUnavailable: 50%\n# a new pod counts as available after 10 s of being Ready\nminReadySeconds: 10',
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
      says: 'Without it no pod has a network. So it is on every\nnode, whatever its taints, and others make room.',
      name: 'cni',
      image: 'cilium:1.18',
      pod: 'priorityClassName: system-node-critical\n# the network it is there to bring cannot carry it\nhostNetwork: true\ntolerations:\n  # no key: every taint, now and later\n  - operator: Exists',
    }),
  },
  {
    file: 'surge-agent.yaml',
    title: gallery.surge,
    text: agent({
      says: 'Apply, change the image, apply again: on each node\nthe new pod starts beside the old one, which goes\nwhen the new one is Ready.',
      name: 'surge-agent',
      spec: 'updateStrategy:\n  type: RollingUpdate\n  rollingUpdate:\n    maxSurge: 1\n    # 1 when left out, and both together are refused\n    maxUnavailable: 0',
    }),
  },
  {
    file: 'by-hand.yaml',
    title: gallery.onDelete,
    text: agent({
      says: 'Apply, change the image, apply again: nothing happens\nby itself. Each pod that you delete comes back with\nthe new image.',
      name: 'by-hand',
      spec: 'updateStrategy:\n  type: OnDelete',
    }),
  },
  {
    file: 'web.yaml',
    title: gallery.deployment,
    text: `# For contrast: 3 pods, wherever there is room. Add a
# node, and nothing moves. Stop a kubelet, and after
# five minutes its pods are made anew elsewhere.
${deploymentManifest}`,
  },
  { file: 'db.yaml', title: gallery.statefulSet, text: statefulSet },
]
