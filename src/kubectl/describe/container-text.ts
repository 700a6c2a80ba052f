import { canonicalQuantity } from '#k8s/quantity.ts'
import { sortedKeys } from '#k8s/schema/go-format.ts'
import type {
  Container,
  ContainerPort,
  ContainerState,
  ContainerStatus,
  EnvVar,
  IntOrString,
  Pod,
  Probe,
  ResourceList,
  ResourceRequirements,
} from '#k8s/types.ts'
import { clientSince } from '../client-version.ts'
import { rfc1123 } from './describe-time.ts'
import type { DescribeWriter } from './describe-writer.ts'
import { envFromText, envValueText } from './env-text.ts'

const goBool = (value: boolean | undefined): string => (value ? 'True' : 'False')

function writePorts(w: DescribeWriter, title: string, ports: readonly ContainerPort[] | undefined, number: (p: ContainerPort) => number): void {
  const withNames = clientSince(w.client, 'portNames')
  const texts = (ports ?? []).map((p) => `${number(p)}/${p.protocol ?? ''}${withNames && p.name ? ` (${p.name})` : ''}`)
  w.field(2, texts.length > 1 ? `${title}s` : title, texts.join(', ') || '<none>')
}

function writeLines(w: DescribeWriter, title: string, words: readonly string[] | undefined): void {
  if (!words?.length) return
  w.write(2, `${title}:\n`)
  for (const line of words.flatMap((word) => word.split('\n'))) w.write(3, `${line}\n`)
}

/** @source kubectl/pkg/describe describeStatus */
function writeState(w: DescribeWriter, title: string, state: ContainerState): void {
  const { running, terminated, waiting } = state
  if (running) {
    w.field(2, title, 'Running')
    w.field(3, 'Started', rfc1123(running.startedAt))
  } else if (terminated) {
    w.field(2, title, 'Terminated')
    if (terminated.reason) w.field(3, 'Reason', terminated.reason)
    if (terminated.message) w.field(3, 'Message', terminated.message)
    w.field(3, 'Exit Code', terminated.exitCode)
    if (terminated.signal) w.field(3, 'Signal', terminated.signal)
    w.field(3, 'Started', rfc1123(terminated.startedAt))
    w.field(3, 'Finished', rfc1123(terminated.finishedAt))
  } else {
    w.field(2, title, 'Waiting')
    if (waiting?.reason) w.field(3, 'Reason', waiting.reason)
  }
}

function writeResourceList(w: DescribeWriter, level: number, title: string, list: ResourceList | undefined): void {
  const names = sortedKeys(list ?? {})
  if (names.length === 0) return
  w.write(level, `${title}:\n`)
  for (const name of names) w.field(level + 1, name, canonicalQuantity(list?.[name] as string))
}

/** @source kubectl/pkg/describe describeResources */
export function writeResources(w: DescribeWriter, level: number, resources: ResourceRequirements | undefined): void {
  writeResourceList(w, level, 'Limits', resources?.limits)
  writeResourceList(w, level, 'Requests', resources?.requests)
}

/** A part of a URL as Go writes it: what is neither plain nor among `more` stands as its bytes, `%3F`. @source Go net/url escape */
function escapeUrl(text: string, more: string): string {
  const bytes = (c: string) => [...new TextEncoder().encode(c)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('')
  return [...text].map((c) => (/^[\w.~-]$/.test(c) || more.includes(c) ? c : bytes(c))).join('')
}

/** @source Go net/url URL.String, net JoinHostPort */
function urlText(scheme: string, host: string, port: IntOrString, path: string): string {
  const hostPort = `${host.includes(':') ? `[${host}]` : host}:${port}`
  const below = escapeUrl(path, '$&+,/:;=@')
  return `${scheme ? `${scheme}:` : ''}//${escapeUrl(hostPort, `!$&'()*+,;=:[]<>"`)}${path && !path.startsWith('/') ? '/' : ''}${below}`
}

/** @source kubectl/pkg/describe DescribeProbe */
export function probeText(probe: Probe): string {
  const attributes =
    `delay=${probe.initialDelaySeconds ?? 0}s timeout=${probe.timeoutSeconds ?? 0}s period=${probe.periodSeconds ?? 0}s ` +
    `#success=${probe.successThreshold ?? 0} #failure=${probe.failureThreshold ?? 0}`
  if (probe.exec) return `exec [${(probe.exec.command ?? []).join(' ')}] ${attributes}`
  if (probe.httpGet) {
    const { scheme = '', host = '', port = 0, path = '' } = probe.httpGet
    return `http-get ${urlText(scheme.toLowerCase(), host, port, path)} ${attributes}`
  }
  if (probe.tcpSocket) return `tcp-socket ${probe.tcpSocket.host ?? ''}:${probe.tcpSocket.port ?? 0} ${attributes}`
  if (probe.grpc) return `grpc <pod>:${probe.grpc.port ?? 0} ${probe.grpc.service ?? ''} ${attributes}`
  return `unknown ${attributes}`
}

function writeMounts(w: DescribeWriter, container: Container): void {
  const mounts = [...(container.volumeMounts ?? [])].sort((a, b) => (a.mountPath < b.mountPath ? -1 : 1))
  w.write(2, mounts.length === 0 ? 'Mounts:\t<none>\n' : 'Mounts:\n')
  for (const m of mounts) {
    const flags = [m.readOnly ? 'ro' : 'rw', ...(m.subPath ? [`path=${JSON.stringify(m.subPath)}`] : [])]
    w.write(3, `${m.mountPath} from ${m.name} (${flags.join(',')})\n`)
  }
}

function writeDevices(w: DescribeWriter, { volumeDevices = [] }: Container): void {
  if (volumeDevices.length === 0) return
  w.write(2, 'Devices:\n')
  const devices = [...volumeDevices].sort((a, b) => (a.devicePath < b.devicePath ? -1 : 1))
  for (const { devicePath, name } of devices) w.write(3, `${devicePath} from ${name}\n`)
}

function writeEnvironment(w: DescribeWriter, container: Container, pod: Pod | undefined): void {
  if (container.envFrom?.length) {
    w.write(2, 'Environment Variables from:\n')
    for (const source of container.envFrom) w.write(3, envFromText(source))
  }
  w.write(2, container.env?.length ? 'Environment:\n' : 'Environment:\t<none>\n')
  for (const variable of container.env ?? []) writeVariable(w, variable, container, pod)
}

function writeVariable(w: DescribeWriter, variable: EnvVar, container: Container, pod: Pod | undefined): void {
  if (variable.valueFrom) {
    const text = envValueText(variable.valueFrom, container, pod)
    if (text !== undefined) w.write(3, `${variable.name}:\t${text}\n`)
    return
  }
  const [first, ...more] = (variable.value ?? '').split('\n')
  w.field(3, variable.name, first as string)
  for (const line of more) w.write(3, `\t${line}\n`)
}

/**
 * The containers of a pod (with their states) or of a template. `space` indents the heading.
 * @source kubectl/pkg/describe describeContainers
 */
export function writeContainers(
  w: DescribeWriter,
  label: string,
  containers: readonly Container[],
  space: string,
  statuses: readonly ContainerStatus[] = [],
  pod?: Pod,
): void {
  w.write(0, `${space}${label}:${containers.length === 0 ? ' <none>' : ''}\n`)
  for (const c of containers) {
    const status = statuses.find((s) => s.name === c.name)
    w.write(1, `${space ? ' ' : ''}${c.name}:\n`)
    if (status) w.field(2, 'Container ID', status.containerID ?? '')
    w.field(2, 'Image', c.image ?? '')
    if (status) w.field(2, 'Image ID', status.imageID ?? '')
    writePorts(w, 'Port', c.ports, (p) => p.containerPort)
    writePorts(w, 'Host Port', c.ports, (p) => p.hostPort ?? 0)
    writeSeccomp(w, c.securityContext)
    writeLines(w, 'Command', c.command)
    writeLines(w, 'Args', c.args)
    if (status) {
      writeState(w, 'State', status.state ?? {})
      if (status.lastState?.terminated) writeState(w, 'Last State', status.lastState)
      w.field(2, 'Ready', goBool(status.ready))
      w.field(2, 'Restart Count', status.restartCount ?? 0)
    }
    writeResources(w, 2, c.resources)
    if (c.livenessProbe) w.field(2, 'Liveness', probeText(c.livenessProbe))
    if (c.readinessProbe) w.field(2, 'Readiness', probeText(c.readinessProbe))
    if (c.startupProbe) w.field(2, 'Startup', probeText(c.startupProbe))
    writeEnvironment(w, c, pod)
    writeMounts(w, c)
    writeDevices(w, c)
  }
}

function writeSeccomp(w: DescribeWriter, context: unknown): void {
  const profile = (context as { seccompProfile?: { type: string; localhostProfile?: string } } | undefined)?.seccompProfile
  if (!profile) return
  w.field(2, 'SeccompProfile', profile.type)
  if (profile.type === 'Localhost') w.field(3, 'LocalhostProfile', profile.localhostProfile ?? '')
}
