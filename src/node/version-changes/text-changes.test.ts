/** What changed about what the API server refuses and how it says so (DS-15, DS-16, DS-18), as kubectl shows it. */
import { describe, expect } from 'vitest'
import type { ChangeName, KubernetesVersion } from '#k8s/version.ts'
import { Bench, daemonSet, deployment, pod, statefulSet } from './bench.ts'
import { type ChangeCase, testChanges } from './each-change.ts'

const benchOf = (version: KubernetesVersion) => new Bench(version, [{ name: 'a' }])

/** What applying this manifest prints on both sides of the change; texts are parts of it. */
const applied = (change: ChangeName, manifest: object, before: string, since: string): ChangeCase => ({
  change,
  play: (version) => benchOf(version).apply(manifest).trim(),
  before: expect.stringContaining(before),
  since: expect.stringContaining(since),
})

/** The same for a DaemonSet whose only container has these fields, in a pod with others. */
const container = (change: ChangeName, fields: object, others: object, before: string, since: string): ChangeCase =>
  applied(change, daemonSet('x', { pod: { containers: [{ name: 'c', image: 'c:1', ...fields }], ...others } }), before, since)

const template = (change: ChangeName, fields: object, before: string, since: string): ChangeCase => container(change, {}, fields, before, since)

const created = 'daemonset.apps/x created'
const labelValue =
  "Invalid value: \"a b\": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character"
const T = 'spec.template.spec'
const badTerm = { matchExpressions: [{ key: 'a', operator: 'In', values: ['a b'] }] }
const withMetadata = (metadata: object) => ({ ...daemonSet('x'), metadata: { name: 'x', ...metadata } })
const qualified = "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character"
const forbiddenUpdate = 'spec: Forbidden: updates to statefulset spec for fields other than'

function hostPortInTemplate(version: KubernetesVersion): string {
  const bench = benchOf(version)
  bench.apply(daemonSet('x', { pod: { hostNetwork: true, containers: [{ name: 'c', image: 'c:1', ports: [{ containerPort: 80 }] }] } }))
  const path = '.spec.template.spec.containers[0].ports[0].hostPort'
  return `${bench.run(`kubectl get ds x -o jsonpath='{${path}}'`)}/${bench.pods()[0]?.spec.containers[0]?.ports?.[0]?.hostPort}`
}

const changedSet = (patch: string) => (version: KubernetesVersion) => {
  const bench = benchOf(version)
  bench.apply(statefulSet('s', { spec: { replicas: 1 } }))
  return bench.run(`kubectl patch sts s -p '${patch}'`)
}

/** What the API server warns of on one side of the change at least. */
const warned = (change: ChangeName, manifest: object, before: readonly string[], since: readonly string[]): ChangeCase => ({
  change,
  play: (version) =>
    benchOf(version)
      .apply(manifest)
      .split('\n')
      .flatMap((line) => (line.startsWith('Warning: ') ? line.slice(9) : [])),
  before,
  since,
})

const ofPod = (fields: object) => daemonSet('x', { pod: fields })
const ofContainer = (fields: object) => ofPod({ containers: [{ name: 'c', image: 'c:1', ...fields }] })
const ofVolume = (source: object) => ofPod({ volumes: [{ name: 'v', ...source }] })
const annotated = (key: string) =>
  daemonSet('x', {
    spec: {
      template: {
        metadata: { labels: { app: 'x' }, annotations: { [key]: 'runtime/default' } },
        spec: { containers: [{ name: 'c', image: 'c:1' }] },
      },
    },
  })
const dotted = (object: object) => ({ ...object, metadata: { name: 'a.b' } })

const warnings: ChangeCase[] = [
  {
    change: 'warnLevelOfEnforce',
    play(version) {
      const bench = benchOf(version)
      bench.run('kubectl label ns default pod-security.kubernetes.io/enforce=baseline')
      return bench.apply(daemonSet('x', { pod: { containers: [{ name: 'c', image: 'c:1' }], hostPID: true } })).trim()
    },
    before: created,
    since: `Warning: would violate PodSecurity "baseline:latest": host namespaces (hostPID=true)\n${created}`,
  },
  warned(
    'volumesGoneText',
    ofVolume({ flocker: { datasetName: 'd' } }),
    [`${T}.volumes[0].flocker: deprecated in v1.22, support removal is planned in v1.26`],
    [`${T}.volumes[0].flocker: deprecated in v1.22, non-functional in v1.25+`],
  ),
  warned(
    'gitRepoDisabled',
    ofVolume({ gitRepo: { repository: 'r' } }),
    [`${T}.volumes[0].gitRepo: deprecated in v1.11`],
    [`${T}.volumes[0].gitRepo: deprecated in v1.11, and disabled by default in v1.33+`],
  ),
  warned(
    'overlappingPathsWarning',
    ofVolume({
      configMap: {
        name: 'm',
        items: [
          { key: 'a', path: 'f' },
          { key: 'b', path: 'f/g' },
        ],
      },
    }),
    [],
    ['volume "v" (ConfigMap "m"): overlapping paths: "f/g" with "f"'],
  ),
  warned(
    'portNameWarning',
    ofPod({ containers: ['c', 'd'].map((name, i) => ({ name, image: 'c:1', ports: [{ containerPort: i + 1, name: 'web' }] })) }),
    [],
    [
      `${T}.containers[1].ports[0]: duplicate port name "web" with ${T}.containers[0].ports[0], services and probes that select ports by name will use ${T}.containers[0].ports[0]`,
    ],
  ),
  warned('cephWarnings', ofVolume({ cephfs: { monitors: ['m'] } }), [], [`${T}.volumes[0].cephfs: deprecated in v1.28, non-functional in v1.31+`]),
  warned(
    'nameWarning',
    dotted(deployment('d', { spec: { replicas: 0 } })),
    [],
    [
      'metadata.name: this is used in Pod names and hostnames, which can result in surprising behavior; a DNS label is recommended: [must not contain dots]',
    ],
  ),
  warned(
    'seccompAnnotationsGone',
    annotated('container.seccomp.security.alpha.kubernetes.io/c'),
    [
      'spec.template.metadata.annotations[container.seccomp.security.alpha.kubernetes.io/c]: deprecated since v1.19, non-functional in a future release; use the "seccompProfile" field instead',
    ],
    [
      'spec.template.metadata.annotations[container.seccomp.security.alpha.kubernetes.io/c]: non-functional in v1.27+; use the "seccompProfile" field instead',
    ],
  ),
  warned(
    'appArmorFields',
    annotated('container.apparmor.security.beta.kubernetes.io/c'),
    [],
    [
      'spec.template.metadata.annotations[container.apparmor.security.beta.kubernetes.io/c]: deprecated since v1.30; use the "appArmorProfile" field instead',
    ],
  ),
  warned(
    'envHidesWarning',
    ofContainer({
      env: [
        { name: 'A', value: 'a' },
        { name: 'A', value: '$(A)b' },
        { name: 'A', value: 'c' },
      ],
    }),
    [`${T}.containers[0].env[1].name: duplicate name "A"`, `${T}.containers[0].env[2].name: duplicate name "A"`],
    [`${T}.containers[0].env[2]: hides previous definition of "A"`],
  ),
  warned(
    'envMayBeDroppedWarning',
    ofContainer({
      env: [
        { name: 'A', value: 'a' },
        { name: 'A', value: 'b' },
      ],
    }),
    [`${T}.containers[0].env[1]: hides previous definition of "A"`],
    [`${T}.containers[0].env[1]: hides previous definition of "A", which may be dropped when using apply`],
  ),
  warned(
    'portWarnings',
    ofContainer({
      ports: [{ containerPort: 80 }, { containerPort: 80 }, { containerPort: 80, hostPort: 8080, name: 'h' }, { containerPort: 80, protocol: 'UDP' }],
    }),
    [],
    [
      `${T}.containers[0].ports[1]: duplicate port definition with ${T}.containers[0].ports[0]`,
      `${T}.containers[0].ports[2]: overlapping port definition with ${T}.containers[0].ports[0]`,
      `${T}.containers[0].ports[2]: overlapping port definition with ${T}.containers[0].ports[1]`,
    ],
  ),
  warned(
    'nullSelectorWarning',
    ofPod({
      topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'ScheduleAnyway' }],
      affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'zone' }] } },
    }),
    [],
    [
      `${T}.topologySpreadConstraints[0].labelSelector: a null labelSelector results in matching no pod`,
      `${T}.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].labelSelector: a null labelSelector results in matching no pod`,
    ],
  ),
  warned(
    'negativeGraceWarning',
    ofPod({ terminationGracePeriodSeconds: -1 }),
    [],
    [`${T}.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1`],
  ),
  warned(
    'negativeHistoryWarning',
    statefulSet('s', { spec: { replicas: 0, revisionHistoryLimit: -1 } }),
    [],
    ['spec.revisionHistoryLimit: a negative value retains all historical revisions; a value >= 0 is recommended'],
  ),
  warned(
    'moreLabelsDeprecated',
    ofPod({ nodeSelector: { 'node-role.kubernetes.io/master': '', 'beta.kubernetes.io/arch': 'amd64' } }),
    [`${T}.nodeSelector[beta.kubernetes.io/arch]: deprecated since v1.14; use "kubernetes.io/arch" instead`],
    [
      `${T}.nodeSelector[beta.kubernetes.io/arch]: deprecated since v1.14; use "kubernetes.io/arch" instead`,
      `${T}.nodeSelector[node-role.kubernetes.io/master]: use "node-role.kubernetes.io/control-plane" instead`,
    ],
  ),
]

const cases: ChangeCase[] = [
  template(
    'ipAddressText',
    { hostAliases: [{ ip: 'x' }] },
    `${T}.hostAliases.ip: Invalid value: "x": must be valid IP address`,
    `${T}.hostAliases[0].ip: Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)`,
  ),
  container(
    'probeGracePeriod',
    { readinessProbe: { exec: { command: ['a'] }, terminationGracePeriodSeconds: 5 } },
    {},
    created,
    `${T}.containers[0].readinessProbe.terminationGracePeriodSeconds: Invalid value: 5: must not be set for readinessProbes`,
  ),
  template(
    'tokenPathChecked',
    { volumes: [{ name: 'v', projected: { sources: [{ serviceAccountToken: { path: '/t' } }] } }] },
    created,
    `${T}.volumes[0].projected.path: Invalid value: "/t": must be a relative path`,
  ),
  template('longDnsSearch', { dnsConfig: { searches: ['a', 'b', 'c', 'd', 'e', 'f', 'g'] } }, 'must not have more than 6 search paths', created),
  template('userNamespaces', { hostUsers: false, hostPID: true }, created, `${T}.HostPID: Forbidden: when \`pod.Spec.HostUsers\` is false`),
  container(
    'portNameLetterText',
    { ports: [{ containerPort: 80, name: '8080' }] },
    {},
    `${T}.containers[0].ports[0].name: Invalid value: "8080": must contain at least one letter or number (a-z, 0-9)`,
    `${T}.containers[0].ports[0].name: Invalid value: "8080": must contain at least one letter (a-z)`,
  ),
  container('dotsInContainerNameText', { name: 'a.b' }, {}, '"a.b": a lowercase RFC 1123 label must consist of', '"a.b": must not contain dots'),
  container(
    'limitInRequestText',
    { resources: { requests: { cpu: '2' }, limits: { cpu: '1' } } },
    {},
    'Invalid value: "2": must be less than or equal to cpu limit',
    'Invalid value: "2": must be less than or equal to cpu limit of 1',
  ),
  container(
    'hostPortMismatchText',
    { ports: [{ containerPort: 80, hostPort: 81 }] },
    { hostNetwork: true },
    'ports[0].containerPort: Invalid value: 80: must match `hostPort` when `hostNetwork` is true',
    'ports[0].hostPort: Invalid value: 81: must match `containerPort` when `hostNetwork` is true',
  ),
  container('relaxedEnvNames', { env: [{ name: 'a b', value: 'x' }] }, {}, 'a valid environment variable name must consist of', created),
  {
    change: 'containerChecksShared',
    play: (version) =>
      benchOf(version)
        .apply(daemonSet('x', { pod: { containers: [{ name: 'c', image: 'c' }, { name: 'c' }] } }))
        .trim()
        .split('\n')
        .slice(1),
    before: [`* ${T}.containers[1].name: Duplicate value: "c"`, `* ${T}.containers[1].image: Required value`],
    since: [`* ${T}.containers[1].image: Required value`, `* ${T}.containers[1].name: Duplicate value: "c"`],
  },
  template(
    'initContainerProbesText',
    { initContainers: [{ name: 'i', image: 'i', livenessProbe: { exec: { command: ['a'] } } }] },
    'must not be set for init containers',
    'livenessProbe: Forbidden: may not be set for init containers without restartPolicy=Always',
  ),
  template(
    'gcePersistentDiskUnchecked',
    { volumes: [{ name: 'v', gcePersistentDisk: { pdName: 'd' } }] },
    'must be true for replicated pods > 1; GCE PD can only be mounted on multiple machines if it is read-only',
    created,
  ),
  template(
    'tolerationValueText',
    { tolerations: [{ key: 'a', operator: 'Exists', value: 'x' }] },
    `${T}.tolerations[0].operator: Invalid value: core.Toleration{Key:"a", Operator:"Exists", Value:"x", Effect:"", TolerationSeconds:(*int64)(nil)}: value must be empty when \`operator\` is 'Exists'`,
    `${T}.tolerations[0].operator: Invalid value: "x": value must be empty when \`operator\` is 'Exists'`,
  ),
  template(
    'nodeAffinityValuesValidated',
    { affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [badTerm] } } } },
    created,
    `nodeSelectorTerms[0].matchExpressions[0].values[0]: ${labelValue}`,
  ),
  applied(
    'selectorValuesValidated',
    daemonSet('x', { spec: { selector: { matchLabels: { app: 'x' }, matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['a b'] }] } } }),
    created,
    `spec.selector.matchExpressions[0].values[0]: ${labelValue}`,
  ),
  template(
    'hostSysctls',
    { hostNetwork: true, securityContext: { sysctls: [{ name: 'net.ipv4.tcp_syncookies', value: '1' }] } },
    created,
    `${T}.securityContext.sysctls[0].name: Invalid value: "net.ipv4.tcp_syncookies": may not be specified when 'hostNetwork' is true`,
  ),
  template('relaxedDnsSearch', { dnsConfig: { searches: ['_a.b'] } }, `${T}.dnsConfig.searches[0]: Invalid value: "_a.b"`, created),
  template('underscoreRegexText', { dnsConfig: { searches: ['A_b'] } }, "validation is '[a-z0-9]", "validation is '_?[a-z0-9]"),
  container(
    'sleepZeroHint',
    { lifecycle: { preStop: { sleep: { seconds: 0 } } } },
    {},
    'less than terminationGracePeriodSeconds (30)',
    '(30). Enable AllowPodLifecycleSleepActionZeroValue feature gate for zero sleep.',
  ),
  container('sleepMayBeZero', { lifecycle: { preStop: { sleep: { seconds: 0 } } } }, {}, 'Invalid value: 0', created),
  applied(
    'jsonValuesInErrors',
    daemonSet('x', { spec: { selector: { matchLabels: { app: 'y' } } } }),
    'Invalid value: map[string]string{"app":"x"}: `selector` does not match template `labels`',
    'Invalid value: {"app":"x"}: `selector` does not match template `labels`',
  ),
  applied(
    'tooLongText',
    withMetadata({ annotations: { a: 'b'.repeat(300_000) } }),
    'metadata.annotations: Too long: must have at most 262144 bytes',
    'metadata.annotations: Too long: may not be more than 262144 bytes',
  ),
  applied('bytesText', withMetadata({ labels: { a: 'b'.repeat(70) } }), 'must be no more than 63 characters', 'must be no more than 63 bytes'),
  applied(
    'labelKeyText',
    withMetadata({ labels: { 'a/b/c': 'd' } }),
    `"a/b/c": a qualified name ${qualified}`,
    `"a/b/c": a valid label key ${qualified}`,
  ),
  applied(
    'serverSideFieldValidation',
    daemonSet('x', { spec: { replicas: 1 } }),
    'error: error validating "STDIN": error validating data: ValidationError(DaemonSet.spec): unknown field "replicas" in io.k8s.api.apps.v1.DaemonSetSpec',
    'DaemonSet in version "v1" cannot be handled as a DaemonSet: strict decoding error: unknown field "spec.replicas"',
  ),
  {
    change: 'podsByHostNetwork',
    play: (version) => benchOf(version).run('kubectl get pods --field-selector spec.hostNetwork=true').trim(),
    before: expect.stringContaining('field label not supported: spec.hostNetwork'),
    since: 'No resources found in default namespace.',
  },
  {
    change: 'servicesByFields',
    play(version) {
      const bench = benchOf(version)
      bench.apply({ apiVersion: 'v1', kind: 'Service', metadata: { name: 's' }, spec: { clusterIP: 'None' } })
      return bench.run('kubectl get services --field-selector spec.type=ClusterIP,spec.clusterIP=None -o name').trim()
    },
    before: expect.stringContaining('"spec.clusterIP" is not a known field selector: only "metadata.name", "metadata.namespace"'),
    since: 'service/s',
  },
  applied(
    'claimTemplatesValidated',
    statefulSet('s', { spec: { replicas: 0, volumeClaimTemplates: [{ metadata: { name: 'd' }, spec: { accessModes: ['ReadWriteOnce'] } }] } }),
    'statefulset.apps/s created',
    'spec.volumeClaimTemplates[0].spec.resources[storage]: Required value',
  ),
  { change: 'hostPortDefaultOnlyInPod', play: hostPortInTemplate, before: '80/80', since: '/80' },
  {
    change: 'creationTimestampOmitted',
    play: (version) => {
      const bench = benchOf(version)
      bench.apply(daemonSet('x'))
      return bench.run('kubectl get ds x -o yaml').includes('creationTimestamp: null')
    },
    before: true,
    since: false,
  },
  {
    change: 'updatableFieldsList',
    play: (version) => {
      const bench = benchOf(version)
      bench.apply(pod('p'))
      return bench.run(`kubectl patch pod p -p '{"spec":{"hostname":"x"}}'`)
    },
    before: expect.stringContaining('`spec.containers[*].image`, `spec.initContainers[*].image`, `spec.activeDeadlineSeconds`'),
    since: expect.stringContaining('`spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`'),
  },
  applied('statefulSetNameIsLabel', statefulSet('a.b'), 'statefulset.apps/a.b created', 'metadata.name: Invalid value: "a.b": must not contain dots'),
  applied(
    'statefulSetTemplateValidated',
    statefulSet('s', { pod: { containers: [{ name: 'C', image: 'c' }] } }),
    'statefulset.apps/s created',
    `${T}.containers[0].name: Invalid value: "C"`,
  ),
  {
    change: 'statefulSetHistoryMutable',
    play: changedSet('{"spec":{"revisionHistoryLimit":3}}'),
    before: expect.stringContaining(forbiddenUpdate),
    since: 'statefulset.apps/s patched\n',
  },
  {
    change: 'statefulSetOrdinals',
    play: changedSet('{"spec":{"ordinals":{"start":7}}}'),
    before: expect.not.stringContaining(' patched\n'),
    since: 'statefulset.apps/s patched\n',
  },
]

describe('the API server', () => testChanges(cases))

describe('what the API server warns of', () => testChanges(warnings))
