/**
 * The order of fields in the Go structs, as objects show it that kubectl has decoded into them; elsewhere keys are sorted. Structs
 * whose order is that of the alphabet are left out. Taken from what kubectl prints.
 */
const conditionFields = 'type status lastTransitionTime reason message'
const strategyFields = 'type rollingUpdate'

const orders: Record<string, string> = {
  Config: 'kind apiVersion preferences clusters users contexts current-context',
  ObjectMeta:
    'name generateName namespace selfLink uid resourceVersion generation creationTimestamp deletionTimestamp deletionGracePeriodSeconds labels annotations ownerReferences finalizers managedFields',
  OwnerReference: 'apiVersion kind name uid controller blockOwnerDeletion',
  ManagedFieldsEntry: 'manager operation apiVersion time fieldsType fieldsV1 subresource',
  LabelSelector: 'matchLabels matchExpressions',
  Condition: 'type status observedGeneration lastTransitionTime reason message',
  Container:
    'name image command args workingDir ports envFrom env resources resizePolicy restartPolicy restartPolicyRules volumeMounts volumeDevices livenessProbe readinessProbe startupProbe lifecycle terminationMessagePath terminationMessagePolicy imagePullPolicy securityContext stdin stdinOnce tty targetContainerName',
  ContainerPort: 'name hostPort containerPort protocol hostIP',
  EnvFromSource: 'prefix configMapRef secretRef',
  ConfigMapKeySelector: 'name key optional',
  SecretKeySelector: 'name key optional',
  ResourceFieldSelector: 'containerName resource divisor',
  ResourceRequirements: 'limits requests claims',
  VolumeMount: 'name readOnly recursiveReadOnly mountPath subPath mountPropagation subPathExpr',
  VolumeDevice: 'name devicePath',
  Probe:
    'exec httpGet tcpSocket grpc initialDelaySeconds timeoutSeconds periodSeconds successThreshold failureThreshold terminationGracePeriodSeconds',
  HTTPGetAction: 'path port host scheme httpHeaders',
  TCPSocketAction: 'port host',
  SecurityContext:
    'capabilities privileged seLinuxOptions windowsOptions runAsUser runAsGroup runAsNonRoot readOnlyRootFilesystem allowPrivilegeEscalation procMount seccompProfile appArmorProfile',
  AppArmorProfile: 'type localhostProfile',
  SELinuxOptions: 'user role type level',
  SeccompProfile: 'type localhostProfile',
  WindowsSecurityContextOptions: 'gmsaCredentialSpecName gmsaCredentialSpec runAsUserName hostProcess',
  Volume: 'name',
  CSIVolumeSource: 'driver readOnly fsType volumeAttributes nodePublishSecretRef',
  ConfigMapVolumeSource: 'name items defaultMode optional',
  SecretVolumeSource: 'secretName items defaultMode optional',
  KeyToPath: 'key path mode',
  DownwardAPIVolumeSource: 'items defaultMode',
  DownwardAPIVolumeFile: 'path fieldRef resourceFieldRef mode',
  ImageVolumeSource: 'reference pullPolicy',
  NFSVolumeSource: 'server path readOnly',
  ProjectedVolumeSource: 'sources defaultMode',
  ConfigMapProjection: 'name items optional',
  SecretProjection: 'name items optional',
  PersistentVolumeClaimSpec: 'accessModes selector resources volumeName storageClassName volumeMode dataSource dataSourceRef',
  PodSpec:
    'volumes initContainers containers ephemeralContainers restartPolicy terminationGracePeriodSeconds activeDeadlineSeconds dnsPolicy nodeSelector serviceAccountName serviceAccount automountServiceAccountToken nodeName hostNetwork hostPID hostIPC shareProcessNamespace securityContext imagePullSecrets hostname subdomain affinity schedulerName tolerations hostAliases priorityClassName priority dnsConfig readinessGates runtimeClassName enableServiceLinks preemptionPolicy overhead topologySpreadConstraints setHostnameAsFQDN os hostUsers schedulingGates resourceClaims resources hostnameOverride',
  HostAlias: 'ip hostnames',
  PodDNSConfig: 'nameservers searches options',
  PodSecurityContext:
    'seLinuxOptions windowsOptions runAsUser runAsGroup runAsNonRoot supplementalGroups supplementalGroupsPolicy fsGroup sysctls fsGroupChangePolicy seccompProfile appArmorProfile seLinuxChangePolicy',
  Toleration: 'key operator value effect tolerationSeconds',
  NodeAffinity: 'requiredDuringSchedulingIgnoredDuringExecution preferredDuringSchedulingIgnoredDuringExecution',
  PodAffinity: 'requiredDuringSchedulingIgnoredDuringExecution preferredDuringSchedulingIgnoredDuringExecution',
  PodAntiAffinity: 'requiredDuringSchedulingIgnoredDuringExecution preferredDuringSchedulingIgnoredDuringExecution',
  PreferredSchedulingTerm: 'weight preference',
  WeightedPodAffinityTerm: 'weight podAffinityTerm',
  PodAffinityTerm: 'labelSelector namespaces topologyKey namespaceSelector matchLabelKeys mismatchLabelKeys',
  TopologySpreadConstraint: 'maxSkew topologyKey whenUnsatisfiable labelSelector minDomains nodeAffinityPolicy nodeTaintsPolicy matchLabelKeys',
  PodStatus:
    'observedGeneration phase conditions message reason nominatedNodeName hostIP hostIPs podIP podIPs startTime initContainerStatuses containerStatuses qosClass ephemeralContainerStatuses resize resourceClaimStatuses',
  PodCondition: 'type observedGeneration status lastProbeTime lastTransitionTime reason message',
  ContainerStatus:
    'name state lastState ready restartCount image imageID containerID started allocatedResources resources volumeMounts user allocatedResourcesStatus stopSignal',
  ContainerStateWaiting: 'reason message',
  ContainerStateTerminated: 'exitCode signal reason message startedAt finishedAt containerID',
  NodeSpec: 'podCIDR podCIDRs providerID unschedulable taints configSource externalID',
  Taint: 'key value effect timeAdded',
  NodeStatus:
    'capacity allocatable phase conditions addresses daemonEndpoints nodeInfo images volumesInUse volumesAttached config runtimeHandlers features declaredFeatures',
  NodeAddress: 'type address',
  NodeCondition: 'type status lastHeartbeatTime lastTransitionTime reason message',
  NodeSystemInfo:
    'machineID systemUUID bootID kernelVersion osImage containerRuntimeVersion kubeletVersion kubeProxyVersion operatingSystem architecture swap',
  NamespaceStatus: 'phase conditions',
  NamespaceCondition: conditionFields,
  ServiceSpec:
    'ports selector clusterIP clusterIPs type externalIPs sessionAffinity loadBalancerIP loadBalancerSourceRanges externalName externalTrafficPolicy healthCheckNodePort publishNotReadyAddresses sessionAffinityConfig ipFamilies ipFamilyPolicy allocateLoadBalancerNodePorts loadBalancerClass internalTrafficPolicy trafficDistribution',
  ServicePort: 'name protocol appProtocol port targetPort nodePort',
  ServiceStatus: 'loadBalancer conditions',
  Event:
    'kind apiVersion metadata involvedObject reason message source firstTimestamp lastTimestamp count type eventTime series action related reportingComponent reportingInstance',
  ObjectReference: 'kind namespace name uid apiVersion resourceVersion fieldPath',
  ControllerRevision: 'kind apiVersion metadata data revision',
  DaemonSetSpec: 'selector template updateStrategy minReadySeconds revisionHistoryLimit',
  DaemonSetUpdateStrategy: strategyFields,
  RollingUpdateDaemonSet: 'maxUnavailable maxSurge',
  DaemonSetStatus:
    'currentNumberScheduled numberMisscheduled desiredNumberScheduled numberReady observedGeneration updatedNumberScheduled numberAvailable numberUnavailable collisionCount conditions',
  DaemonSetCondition: conditionFields,
  DeploymentSpec: 'replicas selector template strategy minReadySeconds revisionHistoryLimit paused progressDeadlineSeconds',
  DeploymentStrategy: strategyFields,
  RollingUpdateDeployment: 'maxUnavailable maxSurge',
  DeploymentStatus:
    'observedGeneration replicas updatedReplicas readyReplicas availableReplicas unavailableReplicas terminatingReplicas conditions collisionCount',
  DeploymentCondition: 'type status lastUpdateTime lastTransitionTime reason message',
  ReplicaSetSpec: 'replicas minReadySeconds selector template',
  ReplicaSetStatus: 'replicas fullyLabeledReplicas readyReplicas availableReplicas terminatingReplicas observedGeneration conditions',
  ReplicaSetCondition: conditionFields,
  StatefulSetSpec:
    'replicas selector template volumeClaimTemplates serviceName podManagementPolicy updateStrategy revisionHistoryLimit minReadySeconds persistentVolumeClaimRetentionPolicy ordinals',
  StatefulSetUpdateStrategy: strategyFields,
  RollingUpdateStatefulSetStrategy: 'partition maxUnavailable',
  StatefulSetStatus:
    'observedGeneration replicas readyReplicas currentReplicas updatedReplicas currentRevision updateRevision collisionCount conditions availableReplicas',
  StatefulSetCondition: conditionFields,
  ConfigMap: 'kind apiVersion metadata data',
  Secret: 'kind apiVersion metadata data type',
  Role: 'kind apiVersion metadata rules',
  ClusterRole: 'kind apiVersion metadata rules aggregationRule',
  RoleBinding: 'kind apiVersion metadata subjects roleRef',
  ClusterRoleBinding: 'kind apiVersion metadata subjects roleRef',
  PriorityClass: 'kind apiVersion metadata value globalDefault description preemptionPolicy',
  LeaseSpec: 'holderIdentity leaseDurationSeconds acquireTime renewTime leaseTransitions strategy preferredHolder',
}

/** Of objects and lists of them. */
const objectOrder = 'kind apiVersion metadata spec status items'.split(' ')

const known = new Map<string, readonly string[]>()

/** The fields of a struct that do not stand in the order of the alphabet, first to last; the others follow. */
export function orderOf(struct: string): readonly string[] {
  const found = known.get(struct) ?? orders[struct === 'EphemeralContainer' ? 'Container' : struct]?.split(' ') ?? objectOrder
  known.set(struct, found)
  return found
}
