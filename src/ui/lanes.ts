import { en } from './text/en.ts'

/** Who acts, as the page groups it: the lanes of the timeline and the boxes of the control plane. */
export type Lane = keyof typeof en.timeline.lanes

const lanes: Record<string, Lane> = {
  user: 'you',
  kubectl: 'you',
  'node-controller': 'lifecycle',
  'node-lifecycle-controller': 'lifecycle',
  nodelifecycle: 'lifecycle',
  'node-monitor': 'lifecycle',
  'taint-eviction-controller': 'lifecycle',
  'taint-manager': 'lifecycle',
  'pod-garbage-collector': 'lifecycle',
  podgc: 'lifecycle',
  'daemonset-controller': 'daemonset',
  'deployment-controller': 'workloads',
  'replicaset-controller': 'workloads',
  'statefulset-controller': 'workloads',
  'default-scheduler': 'scheduler',
  scheduler: 'scheduler',
  kubelet: 'kubelets',
}

/** The lane of a component's name in the journal. */
export function laneOf(component: string): Lane {
  return lanes[component] ?? (component.startsWith('kubelet') ? 'kubelets' : 'others')
}

export const laneOrder = Object.keys(en.timeline.lanes) as Lane[]
