/** What structs require, in Go's order, where that is not the order of the tables. @source /openapi/v2 of kube-apiserver */
const orders: Readonly<Record<string, string>> = {
  Condition: 'type status lastTransitionTime reason message',
  ContainerStatus: 'name ready restartCount image imageID',
  DaemonSetStatus: 'currentNumberScheduled numberMisscheduled desiredNumberScheduled numberReady',
  NFSVolumeSource: 'server path',
  NodeAddress: 'type address',
  NodeSystemInfo:
    'machineID systemUUID bootID kernelVersion osImage containerRuntimeVersion kubeletVersion kubeProxyVersion operatingSystem architecture',
  PreferredSchedulingTerm: 'weight preference',
  StatefulSetSpec: 'selector template serviceName',
  StatefulSetStatus: 'replicas availableReplicas',
  Taint: 'key effect',
  VolumeDevice: 'name devicePath',
  VolumeMount: 'name mountPath',
  WeightedPodAffinityTerm: 'weight podAffinityTerm',
}

const ofConditions = 'type status'

/** The required fields of a struct in the order in which the server lists them. */
export function inRequiredOrder(struct: string, required: readonly string[]): string[] {
  const order = (orders[struct] ?? (struct.endsWith('Condition') ? ofConditions : '')).split(' ')
  return [...required].sort((a, b) => order.indexOf(a) - order.indexOf(b))
}
