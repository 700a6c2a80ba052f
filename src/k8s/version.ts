/**
 * Which behaviour holds since which Kubernetes version: one named entry each, read through `since(version, name)`.
 * Sources: DS-18, CH-1 … CH-13; upstream PR numbers beside the entries.
 */
export const versions = ['1.23', '1.24', '1.25', '1.26', '1.27', '1.28', '1.29', '1.30', '1.31', '1.32', '1.33', '1.34', '1.35', '1.36'] as const

export type KubernetesVersion = (typeof versions)[number]

export const newestVersion: KubernetesVersion = '1.36'

export interface Change {
  since: KubernetesVersion
  /** One sentence for people. */
  what: string
}

/** Behaviour changes by name. */
export const changes = {
  /** DS-10.3, PR #107241 */
  templateGenerationCounts: { since: '1.24', what: 'pods whose pod-template-generation label matches count as up to date' },
  /** EV-1.4 */
  seriesCountsFirst: { since: '1.24', what: 'the first repeat of a scheduler event counts as the second' },
  /** CH-12, PR #132443 */
  bindingClearsNomination: { since: '1.35', what: 'binding a pod clears its nominatedNodeName' },
  /** CH-1 */
  untoleratedTaintText: { since: '1.24', what: 'the scheduler says "had untolerated taint {key: value}"' },
  preemptionText: { since: '1.24', what: 'FailedScheduling says what preemption tried' },
  unschedulableRetry5m: { since: '1.24', what: 'unschedulable pods are retried after 5 min instead of 60 s' },
  outOfServiceTaint: { since: '1.26', what: 'pods of a node with the out-of-service taint are force-deleted' },
  /** SCH-5.8, PR #107384 */
  spreadScoreRounded: { since: '1.24', what: 'topology spread scores are rounded instead of cut' },
  /** SCH-8.4 */
  preemptedByAPodText: { since: '1.25', what: 'the Preempted event no longer names the other pod' },
  /** SCH-6.6, SCH-6.8, TRAP-8 */
  doubledFullStop: { since: '1.26', what: 'FailedScheduling ends in two full stops' },
  singleFullStop: { since: '1.29', what: 'FailedScheduling ends in one full stop again' },
  preemptedByUidText: { since: '1.29', what: 'the Preempted event names the other pod by uid' },
  /** SCH-3.6, PR #131345 */
  requestBeyondNodeIsFinal: { since: '1.34', what: 'preemption is not tried where a request exceeds the whole node' },
  /** DS-16.1 */
  serverSideFieldValidation: { since: '1.25', what: 'the API server itself refuses unknown fields' },
  /** SCH-5.5 */
  bestEffortSkipsBalance: { since: '1.33', what: 'pods without requests are not scored for balanced allocation' },
  /** SCH-4.8 */
  preFilterResult: { since: '1.25', what: 'a pod pinned to one node is evaluated on that node only' },
  portNameLetterText: { since: '1.25', what: 'port name error says "at least one letter (a-z)"' },
  /** DS-3.11, PR #113787 */
  statusWrittenOnError: { since: '1.26', what: 'DaemonSet status is written even if creating a pod failed' },
  /** CH-3 */
  disruptionConditions: { since: '1.26', what: 'evicted pods get the DisruptionTarget condition' },
  schedulingGates: { since: '1.27', what: 'pods with scheduling gates wait outside the queue' },
  /** DS-6.5, PR #117073 */
  succeededPodsDeleted: { since: '1.27', what: 'Succeeded daemon pods are deleted and replaced' },
  /** KL-2.5 */
  terminalPhaseOnDelete: { since: '1.27', what: 'a deleted pod becomes Failed or Succeeded just before it goes' },
  statefulSetOrdinals: { since: '1.27', what: 'StatefulSets have ordinals, which may change' },
  updatableFieldsList: { since: '1.27', what: 'a refused pod update lists the changeable fields with commas' },
  containerChecksShared: { since: '1.26', what: 'all kinds of containers are validated by the same checks, duplicates of names last' },
  dotsInContainerNameText: { since: '1.27', what: 'container name error says "must not contain dots"' },
  /** KL-5.5 */
  backOffNamesContainer: { since: '1.27', what: 'the BackOff event names container and pod' },
  /** DS-5.5, PR #118716 */
  terminalTerminatingIgnored: { since: '1.28', what: 'terminal pods that are terminating no longer block their replacement' },
  hostPortDefaultOnlyInPod: { since: '1.28', what: 'hostPort is no longer defaulted in templates' },
  podIndexLabel: { since: '1.28', what: 'StatefulSet pods carry apps.kubernetes.io/pod-index' },
  imagesOfInitContainersCount: { since: '1.30', what: 'images of init containers count for image locality' },
  ipAddressText: { since: '1.30', what: 'addresses that are wrong are reported with an example' },
  longDnsSearch: { since: '1.26', what: 'DNS search lists may have 32 paths and 2048 characters' },
  userNamespaces: { since: '1.33', what: 'pods may have users of their own (hostUsers: false)' },
  hostIps: { since: '1.30', what: 'pods have status.hostIPs' },
  scalingEventNamesBoth: { since: '1.28', what: 'the Deployment event says from how many to how many' },
  limitInRequestText: { since: '1.27', what: 'a request above its limit is reported with the limit' },
  claimRetentionPolicy: { since: '1.27', what: 'StatefulSets have persistentVolumeClaimRetentionPolicy by default' },
  kubeletRejectedText: { since: '1.28', what: 'the kubelet says "Pod was rejected: …"' },
  taintAdmissionByKubelet: { since: '1.28', what: 'the kubelet rejects pods that do not tolerate a NoExecute taint' },
  hostPortMismatchText: { since: '1.28', what: 'with hostNetwork the hostPort is reported, not the containerPort' },
  initContainerProbesText: { since: '1.28', what: 'probes are forbidden for init containers without restartPolicy=Always' },
  gcePersistentDiskUnchecked: { since: '1.31', what: 'templates may mount GCE disks read-write' },
  statefulSetNameIsLabel: { since: '1.28', what: 'names of StatefulSets must be DNS labels' },
  statefulSetTemplateValidated: { since: '1.28', what: 'templates of StatefulSets are fully validated' },
  selectorValuesValidated: { since: '1.28', what: 'selector values must be valid label values' },
  /** WC-4.6 */
  statefulSetReplacesSucceeded: { since: '1.29', what: 'Succeeded pods of a StatefulSet are deleted and created again' },
  /** NL-7.6 */
  podGcEvictedFirst: { since: '1.28', what: 'of too many terminal pods the evicted ones are removed first' },
  /** DS-10.11, PR #119317 */
  surgeSunset: { since: '1.29', what: 'a surge rollout handles nodes that are no longer eligible' },
  taintEvictionController: { since: '1.29', what: 'taint eviction is a controller of its own' },
  podReadyToStartContainers: { since: '1.29', what: 'pods have the PodReadyToStartContainers condition' },
  otherNodesCountedAsPlugin: { since: '1.29', what: 'nodes outside the pin are reported as "didn\'t satisfy plugin(s)"' },
  /** DS-1.11, PR #121669 */
  nodeFilterLabelsAndTaints: { since: '1.30', what: 'node updates matter to DaemonSets only by labels and taints' },
  terminalNotShownTerminating: { since: '1.30', what: 'kubectl shows terminal pods by their phase, not Terminating' },
  tooLongText: { since: '1.32', what: 'a field that is too long "may not be more than N bytes"' },
  relaxedEnvNames: { since: '1.32', what: 'environment variable names may hold any printable ASCII but =' },
  /** DS-10.5, PR #123233 */
  oldUnavailableCounts: { since: '1.31', what: 'old unavailable pods count against maxUnavailable' },
  affinityLabelKeys: { since: '1.31', what: 'affinity terms may select by values of the pod itself (matchLabelKeys)' },
  spreadLabelKeysWritten: { since: '1.34', what: 'matchLabelKeys of spread constraints are written into their selectors' },
  retryGenerateName: { since: '1.31', what: 'a generated name that is taken is tried again' },
  noRecreatingFailedPodEvent: { since: '1.31', what: 'StatefulSets no longer announce RecreatingFailedPod' },
  scalingEventFromTo: { since: '1.32', what: 'the Deployment event says "from M to N"' },
  /** T-4, CH-9 */
  monitorGrace50s: { since: '1.32', what: 'a silent node is noticed after 50 s instead of 40 s' },
  /** PR #126529 */
  preemptionPolicyColumn: { since: '1.32', what: 'kubectl get priorityclass shows the preemption policy' },
  queueingHints: { since: '1.32', what: 'only changes that can help wake an unschedulable pod' },
  createdContainerColon: { since: '1.32', what: 'the kubelet says "Created container: c"' },
  /** DS-1.10 to DS-1.13, PR #130514 */
  statefulSetHistoryMutable: { since: '1.33', what: 'revisionHistoryLimit of a StatefulSet may change' },
  tolerationValueText: { since: '1.33', what: 'a toleration with a needless value is reported by that value' },
  nodeAffinityValuesValidated: { since: '1.33', what: 'values of required node affinity must be valid label values' },
  nodeQueue: { since: '1.33', what: 'node events reach DaemonSets through a queue of their own' },
  popFromBackoffQ: { since: '1.33', what: 'an idle scheduler takes pods out of back-off early' },
  /** DS-1.13, PR #132477 */
  nodeQueueMisscheduled: { since: '1.34', what: 'a node event wakes a DaemonSet that has misscheduled pods' },
  /** DS-8.6, PR #132122 */
  availableAtBoundary: { since: '1.34', what: 'a pod is available exactly at minReadySeconds' },
  /** DS-15.80 */
  jsonValuesInErrors: { since: '1.34', what: 'validation messages show values as JSON' },
  creationTimestampOmitted: { since: '1.34', what: 'templates no longer show creationTimestamp: null' },
  dynamicResourcesText: { since: '1.34', what: 'FailedScheduling mentions claims to deallocate' },
  /** WC-2.3; gate DeploymentReplicaSetTerminatingReplicas */
  terminatingReplicas: { since: '1.35', what: 'ReplicaSets and Deployments count their terminating pods' },
  /** WC-4.4; gate MaxUnavailableStatefulSet */
  statefulSetMaxUnavailable: { since: '1.35', what: 'a StatefulSet rollout follows maxUnavailable and availability' },
  taintTextWithoutKey: { since: '1.35', what: 'the scheduler says "had untolerated taint(s)" without the key' },
  /** DS-15.81 */
  bytesText: { since: '1.35', what: 'label length errors count bytes' },
  labelKeyText: { since: '1.35', what: 'label key errors say "a valid label key"' },
  kubeletShortTexts: { since: '1.35', what: 'the kubelet says "Container created" and "Container started"' },
  /** KL-12.2 */
  pullTimesBoth: { since: '1.28', what: 'the Pulled event says how long the pull took with and without waiting' },
  /** KL-12.2 */
  imageSizeText: { since: '1.30', what: 'the Pulled event says how large the image is' },
  /** KL-9.4 */
  predicateDescribed: { since: '1.32', what: 'the kubelet says what a rejected pod did not match' },
  /** KL-6.1 */
  pullBackOffNamesError: { since: '1.33', what: 'ImagePullBackOff repeats the last error' },
} as const satisfies Record<string, Change>

export type ChangeName = keyof typeof changes

const holds = Object.fromEntries(
  versions.map((version, index) => [
    version,
    Object.fromEntries(Object.entries(changes).map(([name, change]) => [name, index >= versions.indexOf(change.since)])),
  ]),
) as Record<KubernetesVersion, Record<ChangeName, boolean>>

/** Whether a cluster of this version has the named behaviour. */
export function since(version: KubernetesVersion, change: ChangeName): boolean {
  return holds[version][change]
}

/** The behaviour changes that came after the older of two versions, up to the newer one, oldest first. None between equal versions. */
export function changesBetween(a: KubernetesVersion, b: KubernetesVersion): Change[] {
  const [from, to] = [versions.indexOf(a), versions.indexOf(b)].sort((x, y) => x - y) as [number, number]
  const at = (change: Change) => versions.indexOf(change.since)
  const between = Object.values(changes).filter((change) => at(change) > from && at(change) <= to)
  return between.sort((x, y) => at(x) - at(y))
}

export function isKubernetesVersion(text: string): text is KubernetesVersion {
  return (versions as readonly string[]).includes(text)
}
