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
  settle(): number
}

/** Runs one shell line; the session keeps its variables. */
export type RunLine = (line: string, io: Io) => Running

/** What starting a kubectl costs, ms of cluster time: the recorded ages are that much older with every command. */
const commandMs = 200

/** How long a waiting command may take, ms of cluster time. */
const commandLimitMs = 3_600_000

/** The cluster as a scenario begins: its nodes are there and Ready, and nothing else happens. */
export function beginScenario(host: ScenarioHost, scenario: Scenario): void {
  if (scenario.nodes.length > 0) host.fault({ add: scenario.nodes }, `${scenario.nodes.length} machines join`)
  host.settle()
}

/** One line that says what a step does outside Kubernetes. */
export function describeAction(action: NodeAction): string {
  if ('add' in action) return `${(Array.isArray(action.add) ? action.add : [action.add]).map((n) => n.name).join(', ')} joins the cluster`
  if ('fail' in action) return `the kubelet on ${action.fail} stops`
  if ('recover' in action) return `the kubelet on ${action.recover} starts again`
  if ('remove' in action) return `${action.remove} is shut down and its Node object deleted`
  if ('condition' in action) {
    const set = Object.entries(action.condition.set).map(([type, on]) => `${type}=${on ? 'True' : 'False'}`)
    return `the kubelet on ${action.condition.name} reports ${set.join(', ')}`
  }
  return `pods with app=${action.podFails.app} on ${action.podFails.name} fail`
}

/** Does the parts of a step before it settles. Output of `run` goes to io; returns its exit status. */
export function playStep(host: ScenarioHost, commands: Commands, step: Step, runLine: RunLine, io: Io): number | undefined {
  let exit: number | undefined
  if (step.brokenImages) host.fault({ brokenImages: step.brokenImages }, `images containing ${step.brokenImages.join(', ')} cannot be pulled`)
  if (step.node) host.fault(step.node, describeAction(step.node))
  if (step.run !== undefined) {
    host.runFor(commandMs)
    commands.start(1, runLine(step.run, io), host.begin(step.run), (status) => {
      exit = status
    })
    if (!commands.finish(commandLimitMs)) commands.interruptAll()
  }
  if (step.wait) host.runFor(step.wait * 1000)
  return exit
}

/** Plays a scenario to its end and records what happened, in the format of the conformance recordings. */
export function recordScenario(host: ScenarioHost, scenario: Scenario, runLine: RunLine): Recording {
  const commands = new Commands(host)
  beginScenario(host, scenario)
  const steps = scenario.steps.map((step): RecordedStep => {
    let stdout = ''
    let stderr = ''
    const io: Io = {
      out: (text) => {
        stdout += text
      },
      err: (text) => {
        stderr += text
      },
      stdin: step.stdin,
      readFile: () => undefined,
    }
    const exit = playStep(host, commands, step, runLine, io)
    if (step.settle !== false) host.settle()
    return {
      ...step,
      ...(exit !== undefined && { result: { stdout, stderr, exit } }),
      ...(step.snapshot !== false && { after: recordCluster(host.client) }),
    }
  })
  return { id: scenario.id, title: scenario.title, nodes: scenario.nodes, steps }
}
