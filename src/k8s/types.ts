/**
 * The Kubernetes objects the playground models, as the API serves them (JSON shapes).
 *
 * Objects are immutable once they are in the store: whoever changes one makes a copy (`{...pod, spec: …}`).
 * Only fields that are read somewhere are listed; others a user writes survive because copies are spreads.
 */
import type { ManagedFieldsEntry } from './managed-fields/entry.ts'
import type { Affinity, LabelSelector, StringMap, TopologySpreadConstraint } from './selection-types.ts'
import type { ServiceSpec, ServiceStatus } from './service-types.ts'

export type {
  Affinity,
  LabelSelector,
  LabelSelectorRequirement,
  NodeSelector,
  NodeSelectorTerm,
  PodAffinity,
  PodAffinityTerm,
  PreferredSchedulingTerm,
  StringMap,
  TopologySpreadConstraint,
} from './selection-types.ts'

export interface OwnerReference {
  apiVersion: string
  kind: string
  name: string
  uid: string
  controller?: boolean
  blockOwnerDeletion?: boolean
}

/** Times are RFC 3339 in whole seconds, UTC, as the API stores them (`2026-01-01T00:00:00Z`). */
export interface ObjectMeta {
  name: string
  generateName?: string
  namespace?: string
  uid?: string
  resourceVersion?: string
  generation?: number
  creationTimestamp?: string
  /** Lies in the future while a pod's grace period runs (API-2.2). */
  deletionTimestamp?: string
  deletionGracePeriodSeconds?: number
  labels?: StringMap
  annotations?: StringMap
  ownerReferences?: OwnerReference[]
  finalizers?: string[]
  /** Not kept in the store: `ApiClient.managedFields` tells it. */
  managedFields?: ManagedFieldsEntry[]
}

export interface KubeObject {
  apiVersion: string
  kind: string
  metadata: ObjectMeta
}

export type ConditionStatus = 'True' | 'False' | 'Unknown'

export interface Condition {
  type: string
  status: ConditionStatus
  reason?: string
  message?: string
  lastTransitionTime?: string
  lastHeartbeatTime?: string
  lastUpdateTime?: string
  lastProbeTime?: string | null
  observedGeneration?: number
}

// ---- node -----------------------------------------------------------------------------------------------------

export type TaintEffect = 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute'

export interface Taint {
  key: string
  value?: string
  effect: TaintEffect
  timeAdded?: string
}

export interface Toleration {
  key?: string
  operator?: string
  value?: string
  effect?: string
  tolerationSeconds?: number
}

/** Resource name (`cpu`, `memory`, `pods`, …) to quantity text (`500m`, `8Gi`). */
export type ResourceList = Record<string, string>

export interface NodeSystemInfo {
  machineID: string
  systemUUID: string
  bootID: string
  kernelVersion: string
  osImage: string
  containerRuntimeVersion: string
  kubeletVersion: string
  kubeProxyVersion: string
  operatingSystem: string
  architecture: string
}

export interface KubeNode extends KubeObject {
  kind: 'Node'
  spec: { podCIDR?: string; podCIDRs?: string[]; providerID?: string; unschedulable?: boolean; taints?: Taint[] }
  status: {
    capacity?: ResourceList
    allocatable?: ResourceList
    conditions?: Condition[]
    addresses?: { type: string; address: string }[]
    nodeInfo?: NodeSystemInfo
    images?: { names: string[]; sizeBytes?: number }[]
  }
}

// ---- pod ------------------------------------------------------------------------------------------------------

export interface ContainerPort {
  name?: string
  containerPort: number
  hostPort?: number
  hostIP?: string
  protocol?: string
}

export interface Probe {
  httpGet?: { path?: string; port: number | string; scheme?: string; host?: string }
  tcpSocket?: { port: number | string; host?: string }
  exec?: { command?: string[] }
  grpc?: { port: number; service?: string }
  initialDelaySeconds?: number
  timeoutSeconds?: number
  periodSeconds?: number
  successThreshold?: number
  failureThreshold?: number
  terminationGracePeriodSeconds?: number
}

export type ResourceRequirements = { requests?: ResourceList; limits?: ResourceList }

export type EnvVar = { name: string; value?: string; valueFrom?: unknown }

export interface VolumeMount {
  name: string
  mountPath: string
  readOnly?: boolean
  subPath?: string
  subPathExpr?: string
  mountPropagation?: string
}

export interface ContainerRestartRule {
  action: string
  exitCodes?: { operator: string; values?: number[] }
}

export interface Container {
  name: string
  image?: string
  command?: string[]
  args?: string[]
  workingDir?: string
  ports?: ContainerPort[]
  env?: EnvVar[]
  envFrom?: unknown[]
  resources?: ResourceRequirements
  resizePolicy?: { resourceName: string; restartPolicy: string }[]
  volumeMounts?: VolumeMount[]
  volumeDevices?: { name: string; devicePath: string }[]
  livenessProbe?: Probe
  readinessProbe?: Probe
  startupProbe?: Probe
  lifecycle?: unknown
  terminationMessagePath?: string
  terminationMessagePolicy?: string
  imagePullPolicy?: string
  securityContext?: unknown
  restartPolicy?: string
  restartPolicyRules?: ContainerRestartRule[]
  stdin?: boolean
  tty?: boolean
}

export interface Volume {
  name: string
  hostPath?: { path: string; type?: string }
  emptyDir?: { medium?: string; sizeLimit?: string }
  configMap?: unknown
  secret?: unknown
  projected?: unknown
  persistentVolumeClaim?: unknown
  [source: string]: unknown
}

export interface PodSpec {
  containers: Container[]
  initContainers?: Container[]
  ephemeralContainers?: Container[]
  volumes?: Volume[]
  nodeName?: string
  nodeSelector?: StringMap
  affinity?: Affinity
  tolerations?: Toleration[]
  topologySpreadConstraints?: TopologySpreadConstraint[]
  schedulingGates?: { name: string }[]
  schedulerName?: string
  priorityClassName?: string
  priority?: number
  preemptionPolicy?: string
  restartPolicy?: string
  terminationGracePeriodSeconds?: number
  activeDeadlineSeconds?: number
  dnsPolicy?: string
  hostNetwork?: boolean
  hostPID?: boolean
  hostIPC?: boolean
  hostUsers?: boolean
  hostname?: string
  subdomain?: string
  serviceAccountName?: string
  serviceAccount?: string
  automountServiceAccountToken?: boolean
  enableServiceLinks?: boolean
  securityContext?: unknown
  imagePullSecrets?: { name: string }[]
  overhead?: ResourceList
  runtimeClassName?: string
  /** Of the pod as a whole. */
  resources?: ResourceRequirements
  readinessGates?: { conditionType: string }[]
}

export interface ContainerState {
  waiting?: { reason?: string; message?: string }
  running?: { startedAt?: string }
  terminated?: {
    exitCode: number
    signal?: number
    reason?: string
    message?: string
    startedAt?: string | null
    finishedAt?: string | null
    containerID?: string
  }
}

export interface ContainerStatus {
  name: string
  state: ContainerState
  lastState: ContainerState
  ready: boolean
  restartCount: number
  image: string
  imageID: string
  containerID?: string
  started?: boolean
  allocatedResources?: ResourceList
  resources?: ResourceRequirements
  user?: { linux?: { uid: number; gid: number; supplementalGroups?: number[] } }
}

export type PodPhase = 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Unknown'

export interface PodStatus {
  observedGeneration?: number
  phase?: PodPhase
  conditions?: Condition[]
  message?: string
  reason?: string
  nominatedNodeName?: string
  hostIP?: string
  hostIPs?: { ip: string }[]
  podIP?: string
  podIPs?: { ip: string }[]
  startTime?: string
  initContainerStatuses?: readonly ContainerStatus[]
  ephemeralContainerStatuses?: readonly ContainerStatus[]
  containerStatuses?: readonly ContainerStatus[]
  qosClass?: string
}

export interface Pod extends KubeObject {
  kind: 'Pod'
  spec: PodSpec
  status: PodStatus
}

export interface PodTemplateSpec {
  metadata?: Partial<ObjectMeta>
  spec: PodSpec
}

// ---- workloads ------------------------------------------------------------------------------------------------

export type IntOrString = number | string

export interface DaemonSetUpdateStrategy {
  type?: string
  rollingUpdate?: { maxUnavailable?: IntOrString; maxSurge?: IntOrString }
}

export interface DaemonSetStatus {
  currentNumberScheduled: number
  numberMisscheduled: number
  desiredNumberScheduled: number
  numberReady: number
  observedGeneration?: number
  updatedNumberScheduled?: number
  numberAvailable?: number
  numberUnavailable?: number
  collisionCount?: number
  conditions?: Condition[]
}

export interface DaemonSet extends KubeObject {
  kind: 'DaemonSet'
  spec: {
    selector: LabelSelector
    template: PodTemplateSpec
    updateStrategy: DaemonSetUpdateStrategy
    minReadySeconds?: number
    revisionHistoryLimit?: number
  }
  status: DaemonSetStatus
}

export interface ControllerRevision extends KubeObject {
  kind: 'ControllerRevision'
  revision: number
  /** `{spec: {template: {…, $patch: 'replace'}}}` */
  data: { spec: { template: PodTemplateSpec & { $patch: 'replace' } } }
}

export interface Deployment extends KubeObject {
  kind: 'Deployment'
  spec: {
    replicas?: number
    selector: LabelSelector
    template: PodTemplateSpec
    strategy?: { type?: string; rollingUpdate?: { maxUnavailable?: IntOrString; maxSurge?: IntOrString } }
    minReadySeconds?: number
    revisionHistoryLimit?: number
    paused?: boolean
    progressDeadlineSeconds?: number
  }
  status: {
    observedGeneration?: number
    replicas?: number
    updatedReplicas?: number
    readyReplicas?: number
    availableReplicas?: number
    unavailableReplicas?: number
    terminatingReplicas?: number
    collisionCount?: number
    conditions?: Condition[]
  }
}

export interface ReplicaSet extends KubeObject {
  kind: 'ReplicaSet'
  spec: { replicas?: number; minReadySeconds?: number; selector: LabelSelector; template: PodTemplateSpec }
  status: {
    replicas: number
    fullyLabeledReplicas?: number
    terminatingReplicas?: number
    readyReplicas?: number
    availableReplicas?: number
    observedGeneration?: number
    conditions?: Condition[]
  }
}

export interface StatefulSet extends KubeObject {
  kind: 'StatefulSet'
  spec: {
    replicas?: number
    selector: LabelSelector
    template: PodTemplateSpec
    serviceName: string
    podManagementPolicy?: string
    updateStrategy?: { type?: string; rollingUpdate?: { partition?: number; maxUnavailable?: IntOrString } }
    revisionHistoryLimit?: number
    minReadySeconds?: number
    volumeClaimTemplates?: unknown[]
    ordinals?: { start?: number }
    persistentVolumeClaimRetentionPolicy?: unknown
  }
  status: {
    observedGeneration?: number
    replicas: number
    readyReplicas?: number
    currentReplicas?: number
    updatedReplicas?: number
    availableReplicas?: number
    currentRevision?: string
    updateRevision?: string
    collisionCount?: number
    conditions?: Condition[]
  }
}

// ---- the rest -------------------------------------------------------------------------------------------------

export interface Namespace extends KubeObject {
  kind: 'Namespace'
  spec: { finalizers?: string[] }
  status: { phase?: string; conditions?: Condition[] }
}

export interface PriorityClass extends KubeObject {
  kind: 'PriorityClass'
  value: number
  globalDefault?: boolean
  description?: string
  preemptionPolicy?: string
}

export interface ObjectReference {
  kind: string
  namespace?: string
  name: string
  uid?: string
  apiVersion?: string
  resourceVersion?: string
  fieldPath?: string
}

export type EventType = 'Normal' | 'Warning'

export interface EventSource {
  component?: string
  host?: string
}

/** A core/v1 Event; the scheduler's carry `series`, `action` and `reportingComponent` (events.k8s.io recorder, EV-1.4). */
export interface KubeEvent extends KubeObject {
  kind: 'Event'
  involvedObject: ObjectReference
  reason: string
  message: string
  type: EventType
  source?: EventSource
  firstTimestamp?: string | null
  lastTimestamp?: string | null
  eventTime?: string | null
  count?: number
  series?: { count: number; lastObservedTime: string }
  action?: string
  reportingComponent?: string
  reportingInstance?: string
}

export interface Lease extends KubeObject {
  kind: 'Lease'
  spec: {
    holderIdentity?: string
    leaseDurationSeconds?: number
    acquireTime?: string
    renewTime?: string
    /** Ours, never shown: stands for the writes of a holder that renews every so often, ms of cluster time; without end while it lives. */
    renewals?: { fromMs: number; everyMs: number; untilMs?: number }
  }
}

export interface Service extends KubeObject {
  kind: 'Service'
  spec: ServiceSpec
  status: ServiceStatus
}

/** Every modelled kind with its object type. */
export interface Kinds {
  Node: KubeNode
  Pod: Pod
  DaemonSet: DaemonSet
  ControllerRevision: ControllerRevision
  Deployment: Deployment
  ReplicaSet: ReplicaSet
  StatefulSet: StatefulSet
  Namespace: Namespace
  PriorityClass: PriorityClass
  Event: KubeEvent
  Lease: Lease
  Service: Service
}

export type Kind = keyof Kinds
export type AnyObject = Kinds[Kind]
export type StatusOf<T> = T extends { status?: infer Status } ? Status : undefined
