import type { Container, ContainerStatus, Pod } from '#k8s/types.ts'

interface Identity {
  runAsUser?: number
  runAsGroup?: number
}

interface PodIdentity extends Identity {
  fsGroup?: number
  supplementalGroups?: number[]
}

type ContainerUser = NonNullable<ContainerStatus['user']>

/** Of images that name no user: most are like that, and the images here have no contents. */
const root: ContainerUser = { linux: { uid: 0, gid: 0, supplementalGroups: [0] } }

/**
 * As whom the container runs: what its own securityContext says, else the pod's, else root. The container runtime lists the main group
 * among the supplemental ones too. Groups that an image's /etc/group would add are not modelled.
 */
export function containerUser({ spec }: Pod, container: Container): ContainerUser {
  const ofPod = (spec.securityContext ?? {}) as PodIdentity
  const own = (container.securityContext ?? {}) as Identity
  const uid = own.runAsUser ?? ofPod.runAsUser ?? 0
  const gid = own.runAsGroup ?? ofPod.runAsGroup ?? 0
  const more = [...(ofPod.fsGroup === undefined ? [] : [ofPod.fsGroup]), ...(ofPod.supplementalGroups ?? [])]
  if (uid === 0 && gid === 0 && more.length === 0) return root
  return { linux: { uid, gid, supplementalGroups: [...new Set([gid, ...more])] } }
}
