/** What must be true of every answer to "why", at any moment of any session. */
import type { Cluster } from '#engine/cluster.ts'
import { explain } from '#engine/explain/explain.ts'
import { isPodReady, isTerminating } from '#k8s/pod.ts'
import type { DaemonSet, Pod } from '#k8s/types.ts'
import type { DaemonSetNumber, Explanation, Question } from '#protocol/explain.ts'
import { Commands } from '#scenario/commands.ts'
import { createTerminal } from '#scenario/terminal.ts'
import { worldOf } from './controller-watch.ts'
import { plainNodes } from './plain-daemon-set.ts'

const numbers: Record<DaemonSetNumber, (ds: DaemonSet) => number | undefined> = {
  desired: (ds) => ds.status.desiredNumberScheduled,
  current: (ds) => ds.status.currentNumberScheduled,
  ready: (ds) => ds.status.numberReady,
  upToDate: (ds) => ds.status.updatedNumberScheduled,
  available: (ds) => ds.status.numberAvailable,
  misscheduled: (ds) => ds.status.numberMisscheduled,
}

const setsOf = (cluster: Cluster) => [...cluster.core.state.tables.DaemonSet.values()]
const nodesOf = (cluster: Cluster) => [...cluster.core.state.tables.Node.values()]
/** A node whose pods fail again and again may have thousands: enough of the first and the last. */
function podsOf(cluster: Cluster): Pod[] {
  const all = [...cluster.core.state.tables.Pod.values()]
  return all.length > 60 ? [...all.slice(0, 30), ...all.slice(-30)] : all
}

const about = (ds: DaemonSet) => ({ namespace: ds.metadata.namespace ?? '', daemonset: ds.metadata.name })

/** Everything that can be asked of a cluster now. */
export function questionsOf(cluster: Cluster): Question[] {
  const ofSets = setsOf(cluster).flatMap((ds): Question[] => [
    { about: 'rollout', ...about(ds) },
    ...(Object.keys(numbers) as DaemonSetNumber[]).map((number): Question => ({ about: 'number', ...about(ds), number })),
    ...nodesOf(cluster).map((node): Question => ({ about: 'ghost', ...about(ds), node: node.metadata.name })),
  ])
  return [
    ...ofSets,
    ...podsOf(cluster).map(({ metadata: { namespace = '', name } }): Question => ({ about: 'pod', namespace, name })),
    ...nodesOf(cluster).map((node): Question => ({ about: 'node', name: node.metadata.name })),
  ]
}

const spoiled = /undefined|NaN|\[object|null|Invalid Date|\s{2}|\s[.,:;]|: ?$|``|\(\)/

/** Nothing that is not there, no gap, no code without an end. */
export function isSentence(text: string): boolean {
  return text.trim() !== '' && !spoiled.test(text) && text.split('`').length % 2 === 1
}

/** Throws Error when a text is not one: values that are not there, code without an end, no sentence. */
export function isReadable({ title, summary, reasons, remedies }: Explanation): void {
  const texts = [title, summary, ...reasons.map(({ text }) => text), ...remedies.map(({ text }) => text)]
  for (const text of texts) if (!isSentence(text)) throw new Error(`this is no sentence: "${text}"`)
  if (!title.endsWith('?') || !summary.endsWith('.')) throw new Error(`no question and answer: "${title}" "${summary}"`)
}

/** Throws Error when the number that is explained is neither the one in the status nor said to be newer, or is silent about nodes. */
export function explainsTheNumber(cluster: Cluster): void {
  for (const ds of setsOf(cluster))
    for (const number of Object.keys(numbers) as DaemonSetNumber[]) {
      const { summary, nodes, reasons } = explain(cluster, { about: 'number', ...about(ds), number })
      if (!new RegExp(`: ${nodes.length} nodes? now\\.$`).test(summary)) throw new Error(`${nodes.length} nodes for "${summary}"`)
      const written = numbers[number](ds) ?? 0
      if (nodes.length !== written && !reasons.some(({ text }) => text.startsWith(`the status still says ${written}:`)))
        throw new Error(`${ds.metadata.name}: ${number} is ${written}, explained are ${nodes.length}`)
      const refused = reasons.filter(({ verdict }) => verdict === 'no').length
      if (number === 'desired' && nodes.length + refused < nodesOf(cluster).length)
        throw new Error(`${ds.metadata.name}: DESIRED is silent about some of ${nodesOf(cluster).length} nodes: ${nodes.length} + ${refused}`)
    }
}

/** Throws Error when a node's answer about a DaemonSet is not what placement, worked out plainly, says. */
export function explainsPlacement(cluster: Cluster): void {
  for (const ds of setsOf(cluster))
    for (const { name, exists, shouldRun, pods } of plainNodes(ds, worldOf(cluster))) {
      if (!exists) continue
      const { summary, reasons } = explain(cluster, { about: 'ghost', ...about(ds), node: name })
      const refuses = reasons.some(({ verdict, rule = '' }) => verdict === 'no' && /^DS-4/.test(rule))
      if (refuses === shouldRun) throw new Error(`${ds.metadata.name} ${shouldRun ? 'wants' : 'does not want'} a pod on ${name}, but: "${summary}"`)
      if (pods.length === 0 && / is there: /.test(summary)) throw new Error(`${name} has no pod, but: "${summary}"`)
    }
}

/** Throws Error when a pod is said to be well and is not, or the other way round. */
export function explainsPods(cluster: Cluster, stopped: readonly string[]): void {
  const nodes = new Set(nodesOf(cluster).map(({ metadata }) => metadata.name))
  const isSeenWell = ({ spec: { nodeName = '' } }: Pod) => nodes.has(nodeName) && !stopped.includes(nodeName)
  const isWell = (pod: Pod) => isPodReady(pod) && !isTerminating(pod) && pod.status.phase === 'Running' && isSeenWell(pod)
  for (const pod of podsOf(cluster)) {
    const { namespace = '', name } = pod.metadata
    const { summary } = explain(cluster, { about: 'pod', namespace, name })
    const saysSo = / is Running and Ready\.$/.test(summary)
    const ripens = /available/.test(summary)
    const isLost = pod.spec.nodeName !== undefined && !isTerminating(pod) && !nodes.has(pod.spec.nodeName)
    if (isLost !== / that Node is gone: /.test(summary)) throw new Error(`the node of ${name} is ${isLost ? 'gone' : 'there'}, but: "${summary}"`)
    if (saysSo && !isPodReady(pod)) throw new Error(`${name} is not Ready, but: "${summary}"`)
    if (isWell(pod) && !saysSo && !ripens) throw new Error(`${name} is well, but: "${summary}"`)
  }
}

/** Runs a line to its end; `file` is what every file name stands for. */
export function carryOut(cluster: Cluster, command: string, file?: string): { exit: number | undefined; said: string } {
  const commands = new Commands(cluster)
  let said = ''
  let exit: number | undefined
  const say = (text: string) => {
    said += text
  }
  const running = createTerminal(cluster.client).run(command, { out: say, err: say, readFile: () => file })
  commands.start(1, running, cluster.begin(command), (status) => {
    exit = status
  })
  commands.finish(600_000)
  return { exit, said }
}

/** Throws Error when a remedy cannot be carried out, or a question is answered as before when it was. The cluster stays as it is. */
export function remediesHelp(cluster: Cluster): void {
  const before = cluster.snapshot()
  const asked = new Map<string, [Question, Explanation][]>()
  for (const question of questionsOf(cluster)) {
    const explanation = explain(cluster, question)
    for (const { command } of explanation.remedies) asked.set(command, [...(asked.get(command) ?? []), [question, explanation]])
  }
  const answers = ({ summary, reasons }: Explanation) => JSON.stringify([summary, reasons])
  for (const [command, askers] of asked) {
    const { exit, said } = carryOut(cluster, command)
    cluster.settle(2500, 10_000)
    const same = askers.find(([question, explanation]) => answers(explain(cluster, question)) === answers(explanation))
    cluster.restore(before)
    if (exit) throw new Error(`"${command}" exits with ${exit}: ${said}`)
    if (same) throw new Error(`"${same[1].title}" is answered the same after "${command}", ${said}: ${answers(same[1])}`)
  }
}
