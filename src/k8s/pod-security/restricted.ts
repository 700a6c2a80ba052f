/** What the level `restricted` asks for besides. @source k8s.io/pod-security-admission/policy check_*.go */
import type { Volume } from '../types.ts'
import {
  adding,
  anywhere,
  type Check,
  type Context,
  containersOf,
  contextOf,
  inContainers,
  procMount,
  seccomp,
  some,
  sorted,
  unlessOwnUsers,
  use,
  when,
} from './examined.ts'

/** Asks of every container what is not said for the pod as a whole, if nobody has set it wrong. */
function everywhere(wrong: Check, reason: string, isSet: (context: Context) => boolean, text: string): Check {
  return (pod) => {
    const found = wrong(pod)
    if (found || isSet(contextOf(pod.spec))) return found
    const names = containersOf(pod).flatMap((container) => (isSet(contextOf(container)) ? [] : [container.name]))
    return names.length ? [reason, `pod or ${some('container', names)} must set securityContext.${text}`] : undefined
  }
}

const unrestricted = 'unrestricted capabilities'
const dropping = inContainers(
  unrestricted,
  (container) => when(!contextOf(container).capabilities?.drop?.includes('ALL')),
  () => 'must set securityContext.capabilities.drop=["ALL"]',
)
const addingMore = adding(unrestricted, ['NET_BIND_SERVICE'])

const capabilities: Check = (pod) => {
  const details = [dropping(pod), addingMore(pod)].flatMap((found) => (found ? [found[1]] : []))
  return details.length ? [unrestricted, details.join('; ')] : undefined
}

const inlineVolumes = ['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'persistentVolumeClaim', 'projected', 'secret']

const restrictedVolumes: Check = ({ spec, server }) => {
  const allowed = server >= 33 ? [...inlineVolumes, 'image'] : inlineVolumes
  const bad = (spec.volumes ?? []).filter((volume: Volume) => !allowed.some((source) => volume[source]))
  const types = sorted(bad.map((volume) => Object.keys(volume).find((key) => key !== 'name' && key !== 'image') ?? 'unknown'))
  const names = bad.map(({ name }) => name)
  return bad.length ? ['restricted volume types', `${some('volume', names)} ${use(names)} ${some('restricted volume type', types)}`] : undefined
}

/** Since 1.25 what makes no sense on Windows is not asked there. */
const unlessWindows =
  (check: Check): Check =>
  (pod) =>
    pod.policy >= 25 && (pod.spec as { os?: { name: string } }).os?.name === 'windows' ? undefined : check(pod)

const nonRoot = 'runAsNonRoot != true'

export const restrictedChecks: readonly (readonly [check: Check, from: number])[] = [
  [
    unlessWindows(
      inContainers(
        'allowPrivilegeEscalation != false',
        (container) => when(contextOf(container).allowPrivilegeEscalation !== false),
        () => 'must set securityContext.allowPrivilegeEscalation=false',
      ),
    ),
    8,
  ],
  [unlessWindows(capabilities), 22],
  [procMount, 35],
  [restrictedVolumes, 0],
  [
    unlessOwnUsers(
      everywhere(
        anywhere(
          nonRoot,
          ({ runAsNonRoot }) => when(runAsNonRoot === false),
          () => 'must not set securityContext.runAsNonRoot=false',
        ),
        nonRoot,
        ({ runAsNonRoot }) => runAsNonRoot !== undefined,
        'runAsNonRoot=true',
      ),
    ),
    0,
  ],
  [
    unlessOwnUsers(
      anywhere(
        'runAsUser=0',
        ({ runAsUser }) => when(runAsUser === 0),
        () => 'must not set runAsUser=0',
      ),
    ),
    23,
  ],
  [
    unlessWindows(
      everywhere(
        seccomp,
        'seccompProfile',
        ({ seccompProfile }) => seccompProfile !== undefined,
        'seccompProfile.type to "RuntimeDefault" or "Localhost"',
      ),
    ),
    19,
  ],
]
