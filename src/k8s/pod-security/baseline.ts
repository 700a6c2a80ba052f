/** What the level `baseline` forbids. @source k8s.io/pod-security-admission/policy check_*.go */
import type { ContainerPort } from '../types.ts'
import {
  adding,
  anywhere,
  type Check,
  type Context,
  containersOf,
  contextOf,
  except,
  inContainers,
  plural,
  procMount,
  quoted,
  seccomp,
  setters,
  some,
  sorted,
  unlessOwnUsers,
  use,
  when,
  wrongProfile,
} from './examined.ts'

const appArmorPrefix = 'container.apparmor.security.beta.kubernetes.io/'

const appArmor: Check = (pod) => {
  const annotations = Object.entries(pod.annotations)
    .filter(([key, value]) => key.startsWith(appArmorPrefix) && !/^($|runtime\/default$|localhost\/)/.test(value))
    .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
    .sort()
  const { who, values } = pod.server >= 30 ? setters(pod, (context) => wrongProfile(context.appArmorProfile)) : { who: [], values: [] }
  const all = [...values, ...annotations]
  if (!all.length) return undefined
  if (annotations.length) who.push(plural('annotation', annotations))
  const detail = pod.server >= 30 ? `${who.join(' and ')} must not set AppArmor profile type to ${quoted(all)}` : all.join(', ')
  return [plural('forbidden AppArmor profile', all), detail]
}

const defaultCapabilities = 'AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE SETFCAP SETGID SETPCAP SETUID SYS_CHROOT'.split(
  ' ',
)
const hostNamespaces: Check = ({ spec }) => {
  const shared = (['hostNetwork', 'hostPID', 'hostIPC'] as const).flatMap((field) => (spec[field] ? [`${field}=true`] : []))
  return shared.length ? ['host namespaces', shared.join(', ')] : undefined
}

const hostPathVolumes: Check = ({ spec }) => {
  const names = (spec.volumes ?? []).flatMap((volume) => (volume.hostPath ? [volume.name] : []))
  return names.length ? ['hostPath volumes', some('volume', names)] : undefined
}

const hostPorts = inContainers(
  'hostPort',
  ({ ports = [] }) => ports.flatMap(({ hostPort }: ContainerPort) => (hostPort ? [String(hostPort)] : [])),
  (values, names) => `${use(names)} ${plural('hostPort', values)} ${values.join(', ')}`,
)

type Handler = { httpGet?: { host?: string }; tcpSocket?: { host?: string } }

const hosts = inContainers(
  'probe or lifecycle host',
  ({ livenessProbe, readinessProbe, startupProbe, lifecycle }) => {
    const { postStart, preStop } = (lifecycle ?? {}) as { postStart?: Handler; preStop?: Handler }
    const handlers: (Handler | undefined)[] = [livenessProbe, readinessProbe, startupProbe, postStart, preStop]
    return handlers.flatMap((handler) => [handler?.httpGet?.host, handler?.tcpSocket?.host]).flatMap((host) => host || [])
  },
  (values, names) => `${use(names)} ${some('probe or lifecycle host', values)}`,
  sorted,
)

const seLinuxTypes = ['', 'container_t', 'container_init_t', 'container_kvm_t']

const seLinux: Check = (pod) => {
  const allowed = pod.policy >= 31 ? [...seLinuxTypes, 'container_engine_t'] : seLinuxTypes
  const types = ({ seLinuxOptions: { type = '' } = {} }: Context) => except([type], allowed)
  const set = (field: 'user' | 'role') => (context: Context) => when(Boolean(context.seLinuxOptions?.[field]))
  const { who } = setters(pod, (context) => [...types(context), ...set('user')(context), ...set('role')(context)])
  const bad = setters(pod, types).values
  const fields = (['user', 'role'] as const).flatMap((field) => (setters(pod, set(field)).who.length ? [`${field} may not be set`] : []))
  const data = [...(bad.length ? [some('type', bad)] : []), ...fields].join('; ')
  return data ? ['seLinuxOptions', `${who.join(' and ')} set forbidden securityContext.seLinuxOptions: ${data}`] : undefined
}

const seccompKey = 'seccomp.security.alpha.kubernetes.io/pod'

/** Before 1.19 the policy knew annotations only. */
const oldSeccomp: Check = (pod) => {
  const keys = [seccompKey, ...containersOf(pod).map(({ name }) => `container.${seccompKey.slice(0, -3)}${name}`)]
  const bad = keys.flatMap((key) => {
    const value = pod.annotations[key]
    return value === undefined || /^(runtime|docker)\/default$|^localhost\//.test(value) ? [] : [`${key}=${JSON.stringify(value)}`]
  })
  return bad.length ? ['seccompProfile', `forbidden ${plural('annotation', sorted(bad))} ${sorted(bad).join(', ')}`] : undefined
}

const safeSysctls: readonly [since: number, names: string][] = [
  [0, 'kernel.shm_rmid_forced'],
  [0, 'net.ipv4.ip_local_port_range'],
  [0, 'net.ipv4.tcp_syncookies'],
  [0, 'net.ipv4.ping_group_range'],
  [0, 'net.ipv4.ip_unprivileged_port_start'],
  [27, 'net.ipv4.ip_local_reserved_ports'],
  [29, 'net.ipv4.tcp_keepalive_time'],
  [29, 'net.ipv4.tcp_fin_timeout'],
  [29, 'net.ipv4.tcp_keepalive_intvl'],
  [29, 'net.ipv4.tcp_keepalive_probes'],
  [32, 'net.ipv4.tcp_rmem'],
  [32, 'net.ipv4.tcp_wmem'],
]

const sysctls: Check = ({ spec, policy }) => {
  const safe = safeSysctls.flatMap(([since, name]) => (policy >= since ? [name] : []))
  const bad = except(
    contextOf(spec).sysctls?.map(({ name }) => name),
    safe,
  )
  return bad.length ? ['forbidden sysctls', bad.join(', ')] : undefined
}

/**
 * In the order in which they are told, each with the versions of the policy from which and before which it is there, and before which it is
 * there for `restricted`, too.
 */
export const baselineChecks: readonly (readonly [check: Check, from?: number, until?: number, restrictedUntil?: number])[] = [
  [appArmor],
  [adding('non-default capabilities', defaultCapabilities), 0, 99, 22],
  [hostNamespaces],
  [hostPathVolumes, 0, 99, 0],
  [hostPorts],
  [hosts, 34],
  [
    inContainers(
      'privileged',
      (container) => when(contextOf(container).privileged === true),
      () => 'must not set securityContext.privileged=true',
    ),
  ],
  [unlessOwnUsers(procMount), 0, 99, 35],
  [seLinux],
  [oldSeccomp, 0, 19],
  [seccomp, 19, 99, 19],
  [sysctls],
  [
    anywhere(
      'hostProcess',
      ({ windowsOptions }) => when(windowsOptions?.hostProcess === true),
      () => 'must not set securityContext.windowsOptions.hostProcess=true',
    ),
  ],
]
