/**
 * Which behaviour holds since which Kubernetes version: one named entry each, read through `since(version, name)`.
 * Sources: DS-18, CH-1 … CH-13; upstream PR numbers beside the entries. `since` is the first minor release whose .0, or an early patch, has it;
 * what is known of the exact release stands beside it.
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
  /** DS-10.3, DS-18.1, PR #107241: its approver closed a duplicate in its favour on 26 March 2022, three days before the freeze of 1.24; neither a changelog entry nor a source of 1.24 was found: 1.24 or 1.25 */
  templateGenerationCounts: { since: '1.24', what: 'pods whose pod-template-generation label matches count as up to date' },
  /** EV-1.4 */
  seriesCountsFirst: { since: '1.24', what: 'the first repeat of a scheduler event counts as the second' },
  /** CH-1 */
  untoleratedTaintText: { since: '1.24', what: 'the scheduler says "had untolerated taint {key: value}"' },
  /** CH-1, PR #107775 */
  preemptionText: { since: '1.24', what: 'FailedScheduling says what preemption tried' },
  unschedulableRetry5m: { since: '1.24', what: 'unschedulable pods are retried after 5 min instead of 60 s' },
  /** SCH-5.8, PR #107384 */
  spreadScoreRounded: { since: '1.24', what: 'topology spread scores are rounded instead of cut' },
  /** SCH-8.4 */
  preemptedByAPodText: { since: '1.25', what: 'the Preempted event no longer names the other pod' },
  /** DS-16.1, DS-18.3 */
  serverSideFieldValidation: { since: '1.25', what: 'the API server itself refuses unknown fields' },
  /** CH-2, SCH-4.8 */
  preFilterResult: { since: '1.25', what: 'a pod pinned to one node is evaluated on that node only' },
  /** Gate ProbeTerminationGracePeriod: beta since 1.22, on since 1.25; before, the field is thrown away */
  probeGracePeriod: { since: '1.25', what: 'probes may have a terminationGracePeriodSeconds of their own' },
  /** PR #109694; late patches of 1.24 and 1.23 have it, too (#112083, #112084) */
  statefulSetStatusOnError: { since: '1.25', what: 'StatefulSet status is written even if creating a pod failed' },
  /** DS-18.5 */
  portNameLetterText: { since: '1.25', what: 'port name error says "at least one letter (a-z)"' },
  /** Flocker, StorageOS, Quobyte and GlusterFS: a source of about 1.25 announces it, one of 1.30 says it has come */
  volumesGoneText: { since: '1.26', what: 'the API server warns that four kinds of volumes are non-functional' },
  /** CH-3: beta in 1.26 */
  outOfServiceTaint: { since: '1.26', what: 'pods of a node with the out-of-service taint are force-deleted' },
  /** SCH-6.6, SCH-6.8, TRAP-8 */
  doubledFullStop: { since: '1.26', what: 'FailedScheduling ends in two full stops' },
  /** DS-3.11, DS-18.4, PR #113787: 1.26.1, 1.25.6 */
  statusWrittenOnError: { since: '1.26', what: 'DaemonSet status is written even if creating a pod failed' },
  /** CH-3 */
  disruptionConditions: { since: '1.26', what: 'evicted pods get the DisruptionTarget condition' },
  /** PR #113491: 1.26.0 by its changelog */
  warnLevelOfEnforce: { since: '1.26', what: 'a namespace whose PodSecurity label enforces a level warns at that level, too' },
  containerChecksShared: { since: '1.26', what: 'all kinds of containers are validated by the same checks, duplicates of names last' },
  /** Gate ExpandedDNSConfig: beta and on in 1.26 */
  longDnsSearch: { since: '1.26', what: 'DNS search lists may have 32 paths and 2048 characters' },
  schedulingGates: { since: '1.27', what: 'pods with scheduling gates wait outside the queue' },
  /** PR #114412: 1.27.0 by its changelog */
  nameWarning: { since: '1.27', what: 'the API server warns of names that are no DNS labels' },
  seccompAnnotationsGone: { since: '1.27', what: 'the API server warns that seccomp annotations are non-functional' },
  /** DS-6.5, DS-18.6, CH-5, PR #117073: 1.27.0, 1.26.5 */
  succeededPodsDeleted: { since: '1.27', what: 'Succeeded daemon pods are deleted and replaced' },
  /** CH-4, KL-2.5 */
  terminalPhaseOnDelete: { since: '1.27', what: 'a deleted pod becomes Failed or Succeeded just before it goes' },
  statefulSetOrdinals: { since: '1.27', what: 'StatefulSets have ordinals, which may change' },
  updatableFieldsList: { since: '1.27', what: 'a refused pod update lists the changeable fields with commas' },
  /** DS-18.5 */
  dotsInContainerNameText: { since: '1.27', what: 'container name error says "must not contain dots"' },
  /** CH-4, KL-5.5 */
  backOffNamesContainer: { since: '1.27', what: 'the BackOff event names container and pod' },
  limitInRequestText: { since: '1.27', what: 'a request above its limit is reported with the limit' },
  /** In a source of March 2023 */
  selectorValuesValidated: { since: '1.27', what: 'selector values must be valid label values' },
  claimRetentionPolicy: { since: '1.27', what: 'StatefulSets have persistentVolumeClaimRetentionPolicy by default' },
  /** DS-5.5, DS-18.7, PR #118716: 1.28.0, 1.27.4, 1.26.7 */
  terminalTerminatingIgnored: { since: '1.28', what: 'terminal pods that are terminating no longer block their replacement' },
  /** DS-14.2, DS-18.8 */
  hostPortDefaultOnlyInPod: { since: '1.28', what: 'hostPort is no longer defaulted in templates' },
  /** CH-5 */
  podIndexLabel: { since: '1.28', what: 'StatefulSet pods carry apps.kubernetes.io/pod-index' },
  /** CH-5, WC-3.6 */
  scalingEventNamesBoth: { since: '1.28', what: 'the Deployment event says from how many to how many' },
  /** KL-10.4: not in 1.23, in 1.28 */
  evictionThresholdText: { since: '1.28', what: 'an evicted pod is told the threshold of its node' },
  /** CH-5 */
  kubeletRejectedText: { since: '1.28', what: 'the kubelet says "Pod was rejected: …"' },
  taintAdmissionByKubelet: { since: '1.28', what: 'the kubelet rejects pods that do not tolerate a NoExecute taint' },
  hostPortMismatchText: { since: '1.28', what: 'with hostNetwork the hostPort is reported, not the containerPort' },
  initContainerProbesText: { since: '1.28', what: 'probes are forbidden for init containers without restartPolicy=Always' },
  statefulSetNameIsLabel: { since: '1.28', what: 'names of StatefulSets must be DNS labels' },
  /** PR #118547 of June 2023 */
  envHidesWarning: { since: '1.28', what: 'of repeated environment variables the API server warns only if they do not build on one another' },
  /** PR #113245: a report knows it from 1.28 or 1.29, not from 1.27 */
  portWarnings: { since: '1.28', what: 'the API server warns of ports that are the same, or nearly' },
  /** PR #117025 of March 2023, after the freeze of 1.27 */
  nullSelectorWarning: { since: '1.28', what: 'the API server warns of affinity terms and spread constraints without a selector' },
  /** Not in a source of about 1.25, in one of 1.30 */
  negativeGraceWarning: { since: '1.28', what: 'the API server warns of a negative grace period' },
  negativeHistoryWarning: { since: '1.28', what: 'the API server warns of a negative revisionHistoryLimit of a StatefulSet' },
  cephWarnings: { since: '1.28', what: 'the API server warns of CephFS and RBD volumes' },
  /** PR #116506: 1.28.0, 1.27.6, 1.26.9, 1.25.14 */
  coreEventsNameReporter: { since: '1.28', what: 'events of controllers and kubelets have reportingComponent and reportingInstance' },
  /** PR #110477; antrea's PR #7012 says that 1.27 has it not */
  podsByHostNetwork: { since: '1.28', what: 'pods can be selected by the field spec.hostNetwork' },
  /** NL-7.6 */
  podGcEvictedFirst: { since: '1.28', what: 'of too many terminal pods the evicted ones are removed first' },
  /** KL-12.2 */
  pullTimesBoth: { since: '1.28', what: 'the Pulled event says how long the pull took with and without waiting' },
  preemptedByUidText: { since: '1.29', what: 'the Preempted event names the other pod by uid' },
  /** CH-5, PR #120257: beta and on by default in 1.29 */
  hostIps: { since: '1.29', what: 'pods have status.hostIPs' },
  /** WC-4.6 */
  statefulSetReplacesSucceeded: { since: '1.29', what: 'Succeeded pods of a StatefulSet are deleted and created again' },
  /** DS-10.11, DS-10.12, DS-18.9, PR #119317: 1.29.0 by its changelog, and patches of 1.26 to 1.28 */
  surgeSunset: { since: '1.29', what: 'a surge rollout handles nodes that are no longer eligible' },
  /** CH-5, gate SidecarContainers: alpha in 1.28, beta and on in 1.29 */
  sidecarContainers: { since: '1.29', what: 'init containers with restartPolicy Always run beside the others' },
  /** Option AllowNamespacedSysctlsForHostNetAndHostIPC: in a source of about 1.30, not in one of early 2023 */
  hostSysctls: { since: '1.29', what: 'pods of the host network or IPC may not set sysctls of these namespaces' },
  /** CH-6 */
  taintEvictionController: { since: '1.29', what: 'taint eviction is a controller of its own' },
  /** CH-6 */
  podReadyToStartContainers: { since: '1.29', what: 'pods have the PodReadyToStartContainers condition' },
  /** TRAP-8, PR #117588: in 1.30, says its author; not in 1.28.0 */
  singleFullStop: { since: '1.30', what: 'FailedScheduling ends in one full stop again' },
  /** Option AllowNonLocalProjectedTokenPath: seen in a source of about 1.30, not in 1.28 */
  tokenPathChecked: { since: '1.30', what: 'the path of a projected token must stay inside its volume' },
  imagesOfInitContainersCount: { since: '1.30', what: 'images of init containers count for image locality' },
  /** PR #122126 of November 2023 */
  envMayBeDroppedWarning: { since: '1.30', what: 'the warning about hidden environment variables says that apply may drop them' },
  appArmorFields: { since: '1.30', what: 'the API server warns of AppArmor annotations' },
  /** PR #122931 of January 2024, which let every address be checked by one function */
  ipAddressText: { since: '1.30', what: 'addresses that are wrong are reported with an example' },
  /** CH-6, SCH-6.6, PR #119779: 1.30.0 by its changelog */
  otherNodesCountedAsPlugin: { since: '1.30', what: 'nodes outside the pin are reported as "didn\'t satisfy plugin(s)"' },
  /** SCH-7.5, PR #122292: 1.30.0 by its changelog */
  newNodesWakeAffinity: { since: '1.30', what: 'pods that wait because of other pods are tried again when a new node has become ready' },
  /** DS-1.11, DS-18.10, PR #121669: 1.30.0 by its changelog */
  nodeFilterLabelsAndTaints: { since: '1.30', what: 'node updates matter to DaemonSets only by labels and taints' },
  /** KL-12.2 */
  imageSizeText: { since: '1.30', what: 'the Pulled event says how large the image is' },
  gcePersistentDiskUnchecked: { since: '1.31', what: 'templates may mount GCE disks read-write' },
  /** CH-7, PR #122038: 1.31.0 by its changelog */
  terminalNotShownTerminating: { since: '1.31', what: 'kubectl shows terminal pods by their phase, not Terminating' },
  /** PR #122541, #123905, by kubernetes/website PR #55466 */
  servicesByFields: { since: '1.31', what: 'Services can be selected by the fields spec.clusterIP and spec.type' },
  /** DS-10.6, DS-18.11, PR #123233 */
  oldUnavailableCounts: { since: '1.31', what: 'old unavailable pods count against maxUnavailable' },
  affinityLabelKeys: { since: '1.31', what: 'affinity terms may select by values of the pod itself (matchLabelKeys)' },
  /** Seen by a user of 1.31; not in a source of 2022 */
  moreLabelsDeprecated: { since: '1.31', what: 'the API server warns of the node label node-role.kubernetes.io/master' },
  /** CH-8 */
  retryGenerateName: { since: '1.31', what: 'a generated name that is taken is tried again' },
  /** CH-8, WC-4.6 */
  noRecreatingFailedPodEvent: { since: '1.31', what: 'StatefulSets no longer announce RecreatingFailedPod' },
  /** PR #121968, begun in November 2023; not in a source of about 1.30, in a test from before 1.33 */
  overlappingPathsWarning: { since: '1.32', what: 'the API server warns of files of a volume that hide one another' },
  /** The text names the gate that is alpha in 1.32 */
  sleepZeroHint: { since: '1.32', what: 'a sleep of no time is refused with the gate that would allow it' },
  tooLongText: { since: '1.32', what: 'a field that is too long "may not be more than N bytes"' },
  relaxedEnvNames: { since: '1.32', what: 'environment variable names may hold any printable ASCII but =' },
  scalingEventFromTo: { since: '1.32', what: 'the Deployment event says "from M to N"' },
  /** T-4, CH-9 */
  monitorGrace50s: { since: '1.32', what: 'a silent node is noticed after 50 s instead of 40 s' },
  /** PR #126529 */
  preemptionPolicyColumn: { since: '1.32', what: 'kubectl get priorityclass shows the preemption policy' },
  /** CH-9 */
  queueingHints: { since: '1.32', what: 'only changes that can help wake an unschedulable pod' },
  /** CH-9 */
  createdContainerColon: { since: '1.32', what: 'the kubelet says "Created container: c"' },
  /** KL-9.4 */
  predicateDescribed: { since: '1.32', what: 'the kubelet says what a rejected pod did not match' },
  /** SCH-5.5 */
  bestEffortSkipsBalance: { since: '1.33', what: 'pods without requests are not scored for balanced allocation' },
  /** Gate RelaxedDNSSearchValidation: alpha in 1.32, beta and on in 1.33 */
  relaxedDnsSearch: { since: '1.33', what: 'DNS search lists may hold underscores and a single full stop' },
  /** Gate PodLifecycleSleepActionAllowZero: alpha in 1.32, beta and on in 1.33 */
  sleepMayBeZero: { since: '1.33', what: 'a sleep before a container stops may take no time' },
  userNamespaces: { since: '1.33', what: 'pods may have users of their own (hostUsers: false)' },
  statefulSetHistoryMutable: { since: '1.33', what: 'revisionHistoryLimit of a StatefulSet may change' },
  tolerationValueText: { since: '1.33', what: 'a toleration with a needless value is reported by that value' },
  nodeAffinityValuesValidated: { since: '1.33', what: 'values of required node affinity must be valid label values' },
  /** DS-1.10 to DS-1.13, DS-18.12, PR #130514 */
  nodeQueue: { since: '1.33', what: 'node events reach DaemonSets through a queue of their own' },
  /** KL-3.5, PR #130181: set whatever the gate says */
  podGeneration: { since: '1.33', what: 'pods have a generation, which counts changes of their spec and their deletion' },
  /** Gate OrderedNamespaceDeletion: on in 1.33, PR #130035, #130507 */
  podsOfNamespaceFirst: { since: '1.33', what: 'in a namespace that is deleted everything else waits until its pods are gone' },
  /** CH-10, gate InPlacePodVerticalScaling: beta and on in 1.33; PR #130880 has allocatedResources since then too */
  containerStatusResources: { since: '1.33', what: 'container statuses say which resources their containers have' },
  /** CH-10, gate InPlacePodVerticalScaling: beta and on in 1.33 */
  podResize: { since: '1.33', what: 'cpu and memory of a running pod can be changed, through its part resize' },
  /** Gate SupplementalGroupsPolicy: beta and on in 1.33; container runtimes report it since containerd 2.0 */
  containerStatusUser: { since: '1.33', what: 'container statuses say as which user and groups their containers run' },
  /** Seen on a server of 1.35, not on one of 1.32; gate GitRepoVolumeDriver */
  gitRepoDisabled: { since: '1.33', what: 'the API server warns that gitRepo volumes are disabled' },
  /** PR #122170: not merged by October 2024; people meet it from June 2025 on */
  portNameWarning: { since: '1.33', what: 'the API server warns of ports with the same name' },
  /** CH-10 */
  popFromBackoffQ: { since: '1.33', what: 'an idle scheduler takes pods out of back-off early' },
  /** KL-6.1 */
  pullBackOffNamesError: { since: '1.33', what: 'ImagePullBackOff repeats the last error' },
  /** SCH-7.1, CH-11 */
  errorsBackOffApart: { since: '1.34', what: 'the scheduler counts its own errors apart from rejections when it backs off' },
  /** SCH-3.6, PR #131345 */
  requestBeyondNodeIsFinal: { since: '1.34', what: 'preemption is not tried where a request exceeds the whole node' },
  spreadLabelKeysWritten: { since: '1.34', what: 'matchLabelKeys of spread constraints are written into their selectors' },
  /** DS-1.13, DS-18.14, PR #132477: 1.35.0; picked to 1.34 right after 1.34.0, and to 1.33 in September 2025 */
  nodeQueueMisscheduled: { since: '1.34', what: 'a node event wakes a DaemonSet that has misscheduled pods' },
  /** DS-8.6, DS-18.15, PR #132122 */
  availableAtBoundary: { since: '1.34', what: 'a pod is available exactly at minReadySeconds' },
  /** KL-3.5, CH-11, gate PodObservedGenerationTracking: alpha in 1.33, beta and on in 1.34 */
  podObservedGeneration: { since: '1.34', what: 'status and conditions of a pod say which generation they are about' },
  /** KEP 1287: from 1.34 on as well as it goes */
  memoryLimitLowered: { since: '1.34', what: 'the memory limit of a running container may be lowered without restarting it' },
  /** KEP 1287 */
  resizeEvents: { since: '1.34', what: 'the kubelet records events of a pod that is resized' },
  /** DS-15.80, DS-18.15 */
  jsonValuesInErrors: { since: '1.34', what: 'validation messages show values as JSON' },
  /** PR #131790, still under review in June 2025; updates are not told of it: "add podSpec validation for create StatefulSet" */
  statefulSetTemplateValidated: { since: '1.34', what: 'templates of new StatefulSets are fully validated' },
  /** PR #132212; issue #134357 tells of a set that was accepted before 1.34 */
  claimTemplatesValidated: { since: '1.34', what: 'claim templates of new StatefulSets are validated' },
  /** WC-4.4; PR #130909 */
  statefulSetWaitsForAvailable: { since: '1.34', what: 'a StatefulSet rollout waits until a new pod is available, not just ready' },
  /** PR #132034 */
  underscoreRegexText: { since: '1.34', what: 'the error about a DNS search path shows the pattern with underscores' },
  creationTimestampOmitted: { since: '1.34', what: 'templates no longer show creationTimestamp: null' },
  /** CH-11 */
  dynamicResourcesText: { since: '1.34', what: 'FailedScheduling mentions claims to deallocate' },
  /** CH-12, PR #132443 */
  bindingClearsNomination: { since: '1.35', what: 'binding a pod clears its nominatedNodeName' },
  /** Gate PodTopologyLabelsAdmission: beta and on in 1.35, PR #135158 */
  podTopologyLabels: { since: '1.35', what: 'a bound pod gets the zone and region labels of its node' },
  /** WC-2.3; gate DeploymentReplicaSetTerminatingReplicas */
  terminatingReplicas: { since: '1.35', what: 'ReplicaSets and Deployments count their terminating pods' },
  /** CH-12 */
  taintTextWithoutKey: { since: '1.35', what: 'the scheduler says "had untolerated taint(s)" without the key' },
  /** DS-15.81, DS-18.16 */
  bytesText: { since: '1.35', what: 'label length errors count bytes' },
  labelKeyText: { since: '1.35', what: 'label key errors say "a valid label key"' },
  /** KL-5.9; gate ContainerRestartRules: alpha in 1.34, beta and on in 1.35 */
  containerRestartRules: { since: '1.35', what: 'a container may have a restartPolicy of its own, and rules by its exit code' },
  /** CH-12 */
  kubeletShortTexts: { since: '1.35', what: 'the kubelet says "Container created" and "Container started"' },
  /** Gate RestartAllContainersOnContainerExits: alpha in 1.35, beta and on in 1.36 */
  restartAllContainers: { since: '1.36', what: 'a rule about exit codes may restart all containers of the pod' },
  /** SCH-7.7, PR #135325, #135394: 1.36.0 by its changelog */
  affinityHintsBothWays: { since: '1.36', what: 'a pod that another repelled is tried again when that pod goes or its own labels change' },
  /** PR #132402 */
  architectureShown: { since: '1.36', what: 'kubectl get nodes -o wide shows the architecture behind the kernel version' },
} as const satisfies Record<string, Change>

export type ChangeName = keyof typeof changes

function behaviours(): Record<KubernetesVersion, Record<ChangeName, boolean>> {
  const of = (index: number) => Object.fromEntries(Object.entries(changes).map(([name, change]) => [name, index >= versions.indexOf(change.since)]))
  return Object.fromEntries(versions.map((version, index) => [version, of(index)])) as ReturnType<typeof behaviours>
}

// who asks for the versions alone, as the page does, is spared the table and the sentences
const holds = /* @__PURE__ */ behaviours()

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
