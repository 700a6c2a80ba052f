/** How long what a kubelet does takes, ms, and what it bothers to do. */
export interface KubeletProfile {
  /** From accepting a pod to its sandbox with network. */
  readonly sandboxMs: number
  /** Pulling an image that the node does not have. */
  readonly pullMs: number
  /** From seeing a pod that cannot be admitted to its status saying so. Without it a surge strategy replaces such pods endlessly fast (DS-6.9). */
  readonly rejectMs: number
  /** Creating and starting one container. */
  readonly startMs: number
  /** How long an init container runs. */
  readonly initMs: number
  /** How long an application needs until its readiness and startup probes succeed. */
  readonly readyMs: number
  /** From a deletion being seen to the pod's containers having stopped. */
  readonly stopMs: number
  /** From a node's registration to its Ready condition; also how soon a returning kubelet looks at its pods. */
  readonly nodeReadyMs: number
  /** How long a change in a container goes unnoticed (KL-5.4: at most about 1 s). */
  readonly noticeMs: number
  /** From one pass of the eviction manager to the next (KL-10.1); 0 = it evicts nobody. */
  readonly evictEveryMs: number
  /** Share of a duration that chance may add or take away. */
  readonly jitter: number
  /** Checks pods before it accepts them (KL-9). */
  readonly admits: boolean
  /** Reports what happens between acceptance and running, and how a pod ends; records events. */
  readonly talks: boolean
  /** Kubelet version that nodes show; without it the cluster's own. */
  readonly kubeletVersion?: string
}

export type KubeletProfileName = 'believable' | 'stand-in'

export const kubeletProfiles: Record<KubeletProfileName, KubeletProfile> = {
  /** As on a small real cluster, for people who watch. */
  believable: {
    sandboxMs: 300,
    pullMs: 900,
    rejectMs: 250,
    startMs: 150,
    initMs: 700,
    readyMs: 0,
    stopMs: 900,
    nodeReadyMs: 600,
    noticeMs: 800,
    evictEveryMs: 10_000,
    jitter: 0.1,
    admits: true,
    talks: true,
  },
  /** The programs that stood in for kubelets when the conformance recordings were made (e2e/conformance/README.md). */
  'stand-in': {
    sandboxMs: 150,
    pullMs: 0,
    rejectMs: 0,
    startMs: 0,
    initMs: 0,
    readyMs: 0,
    stopMs: 150,
    nodeReadyMs: 0,
    noticeMs: 0,
    evictEveryMs: 0,
    jitter: 0,
    admits: false,
    talks: false,
    kubeletVersion: 'v1.36.1',
  },
}
