import type { Io } from '#kubectl/command.ts'
import type { ApiClient, Running } from '#protocol/api-client.ts'
import { type CommandHost, Commands } from './commands.ts'
import type { NodeAction, Scenario, Step } from './format.ts'
import { type RecordedStep, type Recording, recordCluster } from './record.ts'

/** A cluster that a scenario can be played on. The engine's Cluster is one. */
export interface ScenarioHost extends CommandHost {
  readonly client: ApiClient
  /** Adds a journal entry for something the user did; returns its id. */
  begin(text: string): number
  fault(fault: NodeAction | { brokenImages: string[] }, text: string): void
  runFor(ms: number): void
  /** Runs until nothing changes any more, one timer at a time; its value is the time taken, ms. */
  settling(): Generator<undefined, number>
}

/** Work that may take long, in portions: after each the caller may do something else, or give up by `return()`. */
export type Portions<T> = Generator<undefined, T>

/** Does all portions at once. */
export function finishPortions<T>(portions: Generator<unknown, T>): T {
  for (;;) {
    const { done, value } = portions.next()
    if (done) return value
  }
}

/** Runs one shell line; the session keeps its variables. */
export type RunLine = (line: string, io: Io) => Running

/** What starting a kubectl costs, ms of cluster time: the recorded ages are that much older with every command. */
const commandMs = 200

/** How long a waiting command may take, ms of cluster time. */
const commandLimitMs = 3_600_000

/** The cluster as a scenario begins: its nodes are there and Ready, and nothing else happens. */
export function* beginningScenario(host: ScenarioHost, scenario: Scenario): Portions<void> {
  const count = scenario.nodes.length
  if (count > 0) host.fault({ add: scenario.nodes }, count === 1 ? 'one machine joins' : `${count} machines join`)
  yield* host.settling()
}

/** As `beginningScenario`, at once. */
export const beginScenario = (host: ScenarioHost, scenario: Scenario): void => finishPortions(beginningScenario(host, scenario))

/** One line that says what a step does outside Kubernetes. */
export function describeAction(action: NodeAction): string {
  if ('add' in action) {
    const names = (Array.isArray(action.add) ? action.add : [action.add]).map((n) => n.name)
    return `${names.join(', ')} ${names.length === 1 ? 'joins' : 'join'} the cluster`
  }
  if ('fail' in action) return `the kubelet on ${action.fail} stops`
  if ('recover' in action) return `the kubelet on ${action.recover} starts again`
  if ('remove' in action) return `${action.remove} is shut down and its Node object deleted`
  if ('condition' in action) {
    // there is no condition NotReady: the kubelet says it by the one that there is
    const set = Object.entries(action.condition.set).map(([type, on]) =>
      type === 'NotReady' ? `Ready=${on ? 'False' : 'True'}` : `${type}=${on ? 'True' : 'False'}`,
    )
    return `the kubelet on ${action.condition.name} reports ${set.join(', ')}`
  }
  return `pods with app=${action.podFails.app} on ${action.podFails.name} fail`
}

/** Who does the single parts of a step: told of each when its turn comes. */
export interface StepPlayer {
  fault(fault: NodeAction | { brokenImages: string[] }, text: string): void
  /** Starts a shell line under an id of its own, which is returned; `ended` is told its exit status. */
  run(line: string, stdin: string | undefined, ended: (exit: number) => void): number
  /** Cluster time is about to pass. */
  wait?(seconds: number): void
}

/** Lets cluster time pass until `atMs` or until it is over, one timer at a time. */
function* advance(commands: Commands, atMs: number, isOver: () => boolean = () => false): Portions<void> {
  while (!isOver() && !commands.advance(atMs, () => true)) yield undefined
}

/** Does the parts of a step before it settles; its value is the exit status of `run`. */
export function* playingStep(host: ScenarioHost, commands: Commands, step: Step, player: StepPlayer): Portions<number | undefined> {
  let exit: number | undefined
  if (step.brokenImages) player.fault({ brokenImages: step.brokenImages }, `images containing ${step.brokenImages.join(', ')} cannot be pulled`)
  if (step.node) player.fault(step.node, describeAction(step.node))
  if (step.run !== undefined) {
    host.runFor(commandMs)
    const id = player.run(step.run, step.stdin, (status) => {
      exit = status
    })
    // a command that waits gets its cluster time at once, whatever the clock does
    yield* advance(commands, host.nowMs + commandLimitMs, () => exit !== undefined)
    if (exit === undefined) commands.interrupt(id)
  }
  if (step.wait) {
    player.wait?.(step.wait)
    yield* advance(commands, host.nowMs + step.wait * 1000)
  }
  return exit
}

/** Faults and lines of a step go to the host itself; output goes to io. */
const plainPlayer = (host: ScenarioHost, commands: Commands, runLine: RunLine, io: Io): StepPlayer => ({
  fault: (fault, text) => host.fault(fault, text),
  run(line, stdin, ended) {
    commands.start(1, runLine(line, { ...io, stdin }), host.begin(line), ended)
    return 1
  },
})

/** As `playingStep`, at once. Output of `run` goes to io. */
export function playStep(host: ScenarioHost, commands: Commands, step: Step, runLine: RunLine, io: Io): number | undefined {
  return finishPortions(playingStep(host, commands, step, plainPlayer(host, commands, runLine, io)))
}

/**
 * Plays a scenario to its end and records what happened, in the format of the conformance recordings. `onStep` is told how many steps
 * were played.
 */
export function* recordingScenario(
  host: ScenarioHost,
  scenario: Scenario,
  runLine: RunLine,
  onStep: (played: number) => void = () => undefined,
): Portions<Recording> {
  const commands = new Commands(host)
  yield* beginningScenario(host, scenario)
  const steps: RecordedStep[] = []
  for (const step of scenario.steps) {
    let stdout = ''
    let stderr = ''
    const io: Io = {
      out: (text) => {
        stdout += text
      },
      err: (text) => {
        stderr += text
      },
      readFile: () => undefined,
    }
    const exit = yield* playingStep(host, commands, step, plainPlayer(host, commands, runLine, io))
    if (step.settle !== false) yield* host.settling()
    steps.push({
      ...step,
      ...(exit !== undefined && { result: { stdout, stderr, exit } }),
      ...(step.snapshot !== false && { after: recordCluster(host.client) }),
    })
    onStep(steps.length)
  }
  return { id: scenario.id, title: scenario.title, nodes: scenario.nodes, steps }
}

/** As `recordingScenario`, at once. */
export function recordScenario(host: ScenarioHost, scenario: Scenario, runLine: RunLine): Recording {
  return finishPortions(recordingScenario(host, scenario, runLine))
}
