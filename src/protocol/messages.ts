/**
 * What page and worker say to each other. Types only; everything is plain data that structured cloning can copy.
 *
 * The page sends requests, each with an id, and gets exactly one `reply` for each. Besides replies the worker sends
 * frames (at most one per animation frame, only when something changed), terminal output, and failures.
 */
import type { TaintEffect } from '#k8s/types.ts'
import type { ObjectRef } from './api-client.ts'
import type { ApplyResult } from './apply-result.ts'
import type { Comparison } from './compare.ts'
import type { ObjectDiff } from './diff.ts'
import type { Examination } from './examination.ts'
import type { Explanation, Ghost, Question } from './explain.ts'
import type { LiveText } from './live.ts'
import type { Prediction } from './prediction.ts'

// ---- page → worker ------------------------------------------------------------------------------------------

/** A machine as a scenario file describes it. */
export interface NodeTemplate {
  name: string
  labels?: Record<string, string>
  taints?: { key: string; value?: string; effect: TaintEffect }[]
  cpu?: string
  memory?: string
  pods?: string
}

/** What happens outside Kubernetes: the `node:` steps and `brokenImages` of the scenario format, word for word, and a few more (engine/faults). */
export type Fault =
  | { add: Partial<NodeTemplate> | Partial<NodeTemplate>[] }
  | { fail: string }
  | { recover: string }
  | { remove: string }
  | { condition: { name: string; set: Record<string, boolean> } }
  | { podFails: { name: string; app: string; reason?: string; message?: string } }
  | { brokenImages: string[] }
  | { crashingImages: { images: string[]; afterSeconds?: number; exitCode?: number } }
  | { crash: { namespace?: string; pod: string; container?: string; exitCode?: number; reason?: string } }
  | {
      probeFails: {
        namespace?: string
        pod: string
        container?: string
        probe: 'readiness' | 'liveness' | 'startup'
        fails?: boolean
        hangs?: boolean
      }
    }
  | { evict: { name: string; resource?: 'memory' | 'ephemeral-storage' | 'pids' } }
  | { reboot: string }

export interface OpenOptions {
  /** Text of a scenario file; without it the default cluster (worker-0, worker-1, kube-system with CoreDNS). */
  scenario?: string
  /** `1.23` … `1.36` */
  version?: string
  seed?: number
  /** A named cluster to begin with when no scenario is given. */
  profile?: string
  /** Whether cluster time runs from the start; default true. */
  playing?: boolean
}

/** Every request by name: what it takes (`in`) and what its reply carries (`out`). */
export interface Requests {
  /** Throws the present cluster away and starts another. A `frame` with `reset: true` comes before the reply. */
  open: { in: OpenOptions; out: OpenResult }
  /**
   * Runs a line of the shell. Output is streamed as `output` messages that carry this request's id as `shellId`;
   * `echo` shows each command before it runs, with who gave it. The reply comes when the line has ended. A line somebody typed that is
   * not complete (an open quote, a here-document without its end) is not run: `incomplete`.
   */
  shell: {
    in: { line: string; stdin?: string; files?: Record<string, string>; echo?: EchoedBy; history?: readonly string[] }
    out: { exit: number; incomplete?: true }
  }
  /** The answer to this request is no longer wanted, if it takes long and is still to come: then it is refused. */
  withdraw: { in: { request: number }; out: null }
  /** Ctrl+C for a running `shell` request (or a playing scenario). Unknown ids are ignored. */
  interrupt: { in: { shellId: number }; out: null }
  /** `echo` is shown in the terminal first, as a comment line. */
  fault: { in: { fault: Fault; echo?: string }; out: null }
  /** speed = cluster seconds per second. */
  clock: { in: { playing?: boolean; speed?: number }; out: null }
  /** On to the next change of an object, and no further; stays put when nothing is due (`changed: false`). Pauses the clock. */
  step: { in: Record<never, never>; out: { changed: boolean } }
  /** Runs to the next moment at which an object changes (heartbeats are not changes). */
  skip: { in: Record<never, never>; out: { changed: boolean } }
  undo: { in: Record<never, never>; out: null }
  redo: { in: Record<never, never>; out: null }
  /** Plays one step or all remaining steps of the opened scenario, echoing each in the terminal. */
  scenario: { in: { play: 'next' | 'all' }; out: ScenarioProgress }
  /** Applies a file of one or several documents as `kubectl apply -f name` does, and says for each how it went. */
  apply: { in: { name: string; text: string; echo?: boolean }; out: { results: ApplyResult[] } }
  /** What a manifest says, before anybody applies it. Of text that cannot be read nothing is said. */
  examine: { in: { text: string }; out: Examination }
  /**
   * Applies a file to a copy of the cluster, or runs a command on it, runs the copy ahead and says what happened there. The cluster is not touched, and goes on
   * meanwhile. A new look ahead takes the place of one under way, which is refused.
   */
  predict: { in: { name: string; text: string } | { line: string }; out: Prediction }
  /** The stored object as YAML, as `kubectl get -o yaml` prints it, and who wrote which line; null when there is none. */
  yaml: { in: { ref: ObjectRef }; out: LiveText | null }
  explain: { in: { question: Question }; out: Explanation }
  /**
   * Plays a scenario to its end on a cluster of its own (kubelets as in the conformance recordings) and gives the recording as JSON
   * text; the open cluster is not touched.
   */
  record: { in: { scenario: string; version?: string; seed?: number }; out: { text: string } }
  /** Plays a scenario as `record` does, once on each of two versions, and says what differs after each step. */
  compare: { in: { scenario: string; versions: [a: string, b: string]; seed?: number }; out: Comparison }
  /** Completion at `cursor` (index into `line`): replaces line[from, cursor] by one of `words`. */
  complete: { in: { line: string; cursor: number; files?: string[] }; out: { from: number; words: string[] } }
}

export type RequestName = keyof Requests

/** A request as it travels. `id` is a positive integer, unique in its session. */
export type Request = { [N in RequestName]: { type: N; id: number } & Requests[N]['in'] }[RequestName]

/** The page took a frame: until it has, the worker does not send many more. */
export interface Seen {
  type: 'seen'
}

/** Asked by the page, and answered at once with the same: whether the worker is there at all. */
export interface Alive {
  type: 'alive'
}

export interface OpenResult {
  version: string
  seed: number
  /** The opened scenario; undefined for the default cluster. */
  scenario?: { id: string; title: string; steps: StepSummary[] }
}

/** One step of a scenario in one line, as the terminal would show it (`kubectl …`, `# outside Kubernetes: …`, `# 55 s pass`). */
export interface StepSummary {
  text: string
  /** What the command is given to read, with the name of the first object in it. */
  manifest?: { name: string; text: string }
}

/** `done` of `total` steps were played. */
export interface ScenarioProgress {
  done: number
  total: number
}

// ---- worker → page ------------------------------------------------------------------------------------------

/**
 * One entry of the journal: a write to the API, or something outside it that the user did.
 * `component` is the name of who acted: `user`, `daemonset-controller`, `default-scheduler`, `kubelet`, `node-controller`, …
 */
export interface JournalEntry {
  id: number
  atMs: number
  component: string
  verb: 'create' | 'update' | 'delete' | 'patch' | 'bind' | 'evict' | 'outside' | 'command' | 'refused'
  kind: string
  namespace: string
  name: string
  /** Node it is about (the pod's node, the kubelet's node). */
  node?: string
  /** What changed, in a few words, where there is more to say than the verb (`Ready True → Unknown`, the command line). */
  text?: string
  /** The entry that led to this one; 0 = none. */
  causeId: number
  /** Where the chain of causes begins; its own id when it begins here. */
  rootId: number
}

export interface Frame {
  type: 'frame'
  /** Replace everything known (objects, ghosts, journal) by what this frame carries. */
  reset?: true
  /** Cluster time: since its start, and as a date (milliseconds since the Unix epoch). */
  atMs: number
  epochMs: number
  playing: boolean
  speed: number
  /** When something next happens that changes an object; null = nothing is due. */
  nextChangeAtMs: number | null
  /** The engine has more to do before it can show this moment (a long skip): 0 … 1, or null when idle. */
  progress: number | null
  canUndo: boolean
  canRedo: boolean
  diff: ObjectDiff
  /** Per node the DaemonSets without a pod there; only nodes whose list changed (an empty list clears it). */
  ghosts?: Record<string, Ghost[]>
  /** Entries new since the last frame, oldest first. Of very many the newest, and the roots of those. */
  journal: JournalEntry[]
  /** When some were left out: entries from this id on are complete. */
  journalFrom?: number
  /** Nodes whose kubelet does not run; only when the set changed. */
  stoppedKubelets?: string[]
  /** Kinds of probe that were made to fail, `<pod uid> readiness`; only when the set changed. */
  failingProbes?: string[]
  /** When time was turned back: entries with a higher id no longer happened. */
  journalKeepUpTo?: number
}

/** Who gave a command that is echoed: somebody at the terminal, a button of the page, the scenario. */
export type EchoedBy = 'typed' | 'click' | 'scenario'

/** `echo` = a command line or comment shown as if typed, `by` whom. shellId 0 = no shell request. */
export interface Output {
  type: 'output'
  shellId: number
  /** An `aside` is told beside the output, on standard error, though nothing failed. */
  stream: 'out' | 'err' | 'aside' | 'echo'
  text: string
  by?: EchoedBy
}

export interface RequestError {
  message: string
  /** Line of the scenario or manifest the error is about (1-based). */
  line?: number
}

export type Reply = { type: 'reply'; id: number; ok: true; result: unknown } | { type: 'reply'; id: number; ok: false; error: RequestError }

/** The engine itself failed; what it was doing stands in `action`. */
export interface Failure {
  type: 'failure'
  message: string
  action: string
  /** The cluster is gone with the worker. Else it is as it was before the action. */
  lost?: true
}

/** How far a long answer is: `done` of `total`; without a total, ms of cluster time that were looked ahead. */
export interface Progress {
  type: 'progress'
  /** The request that is being answered. */
  id: number
  done: number
  total?: number
}

/** `kubectl edit`: the page opens this text in its editor. */
export interface EditRequest {
  type: 'edit'
  name: string
  text: string
}

/** Sent once, when the worker can take requests. */
export interface Ready {
  type: 'ready'
}

/** Told by the transport: the worker has not answered for long, or (`silent: false`) answers again. */
export interface Silence {
  type: 'silence'
  silent: boolean
}

export type WorkerMessage = Frame | Output | Reply | Failure | EditRequest | Progress | Ready | Alive | Silence
