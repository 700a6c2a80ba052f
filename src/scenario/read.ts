import { type Document, isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml'
import { isQuantity } from '#k8s/quantity.ts'
import { tooMuchText } from '#k8s/text-limits.ts'
import { endlessAlias } from './endless-alias.ts'
import type { NodeAction, NodeSpec, Scenario, Step } from './format.ts'
import { ScenarioError } from './scenario-error.ts'

export const maxNodes = 20_000
/** Enough for the most nodes with a few labels and taints each. */
const limits = { length: 2_000_000, entries: 120_000 }
/** Longest `wait`, seconds: 30 days. */
const maxWaitSeconds = 2_592_000

const stepKeys = new Set(['run', 'stdin', 'node', 'brokenImages', 'wait', 'settle', 'snapshot'])
const actions = new Set(['add', 'fail', 'recover', 'remove', 'condition', 'podFails'])
const conditions = new Set(['DiskPressure', 'MemoryPressure', 'PIDPressure', 'NotReady'])
const effects = new Set(['NoSchedule', 'PreferNoSchedule', 'NoExecute'])
const nodeName = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/

type Path = (string | number)[]

/** Reads and checks a scenario file (YAML). Throws ScenarioError with the line and what to write instead. */
export function readScenario(text: string): Scenario {
  const tooMuch = tooMuchText(text, limits)
  if (tooMuch) throw new ScenarioError(`the file ${tooMuch}; use fewer nodes (at most ${maxNodes}) or steps`)
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, merge: true, uniqueKeys: false })
  const problem = document.errors[0]
  if (problem) throw new ScenarioError(problem.message.split('\n')[0] as string, problem.linePos?.[0].line)
  const fail = (path: Path, message: string): never => {
    throw new ScenarioError(message, lineOf(document, lines, path))
  }
  const endless = endlessAlias(document)
  if (endless) throw new ScenarioError(`what the anchor \`${endless.source}\` stands for contains itself`, lines.linePos(endless.range[0]).line)
  let data: unknown
  try {
    data = document.toJS({ maxAliasCount: 1000 })
  } catch (error) {
    throw new ScenarioError(`the file cannot be read: ${(error as Error).message}`)
  }
  if (!isObject(data)) return fail([], 'a scenario is a map with the keys id, title, nodes and steps')
  const { id, title = id, nodes = [], steps = [] } = data
  const version = versionIn(document, data.version)
  if (typeof id !== 'string' || !/^[a-z0-9-]+$/.test(id))
    return fail(['id'], '`id` must be a name of small letters, digits and dashes, for example `id: drain-a-node`')
  if (typeof title !== 'string') return fail(['title'], '`title` must be one line of text')
  if (version === null) return fail(['version'], '`version` must be a version of Kubernetes, for example `version: "1.36"`')
  if (!Array.isArray(nodes)) return fail(['nodes'], '`nodes` must be a list, for example `nodes: [{name: worker-0}]`')
  if (!Array.isArray(steps)) return fail(['steps'], '`steps` must be a list')
  nodes.forEach((node, i) => {
    if (i < maxNodes) checkNode(node, ['nodes', i], fail)
  })
  let total = checkTotal(nodes.length, ['nodes'], fail)
  steps.forEach((step, i) => {
    checkStep(step, ['steps', i], fail)
    total = checkTotal(total + addedNodes(step as Step), ['steps', i, 'node', 'add'], fail)
  })
  return {
    id,
    title,
    nodes: nodes as NodeSpec[],
    steps: steps as Step[],
    ...(version !== undefined && { version }),
  }
}

/** The version as it is written: without quotes 1.30 is the number 1.3. null = it is no version at all. */
function versionIn(document: Document, value: unknown): string | undefined | null {
  if (value === undefined || typeof value === 'string') return value
  const node = document.get('version', true)
  return typeof value === 'number' ? (isScalar(node) && node.source) || String(value) : null
}

type Fail = (path: Path, message: string) => never

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** All machines together, also those that join later. */
function checkTotal(total: number, path: Path, fail: Fail): number {
  return total > maxNodes ? fail(path, `${total} nodes are more than this simulation takes (${maxNodes}); use fewer`) : total
}

function addedNodes({ node }: Step): number {
  if (!node || !('add' in node)) return 0
  return Array.isArray(node.add) ? node.add.length : 1
}

function lineOf(document: Document, lines: LineCounter, path: Path): number | undefined {
  for (let depth = path.length; depth >= 0; depth--) {
    const node = depth === 0 ? document.contents : document.getIn(path.slice(0, depth), true)
    const range = (node as { range?: [number, number, number] } | undefined)?.range
    if (range && (depth > 0 || isMap(node) || isSeq(node))) return lines.linePos(range[0]).line
  }
  return undefined
}

function checkNode(node: unknown, path: Path, fail: Fail): void {
  if (!isObject(node) || typeof node.name !== 'string') fail(path, 'a node needs a name: `{name: worker-0}`')
  if (!nodeName.test(node.name)) fail([...path, 'name'], `\`${node.name}\` is not a node name: small letters, digits, \`-\` and \`.\` only`)
  if (node.labels !== undefined && !(isObject(node.labels) && Object.values(node.labels).every((value) => typeof value === 'string')))
    fail([...path, 'labels'], '`labels` are texts by key, for example `labels: {disk: ssd, "rack": "7"}`; put numbers and true, false in quotes')
  for (const key of ['cpu', 'memory', 'pods']) checkQuantity(node[key], key, path, fail)
  if (node.taints !== undefined) {
    if (!Array.isArray(node.taints)) fail([...path, 'taints'], '`taints` must be a list of {key, value, effect}')
    node.taints.forEach((taint: unknown, i) => {
      if (!isObject(taint) || typeof taint.key !== 'string' || !effects.has(taint.effect as string))
        fail([...path, 'taints', i], 'a taint is {key, value, effect}, with effect NoSchedule, PreferNoSchedule or NoExecute')
    })
  }
}

/** What Kubernetes reads as an amount; numbers are taken as they are written. */
function checkQuantity(value: unknown, key: string, path: Path, fail: Fail): void {
  if (value === undefined) return
  const text = typeof value === 'number' ? String(value) : value
  if (typeof text !== 'string' || !isQuantity(text) || text.startsWith('-'))
    fail([...path, key], `\`${key}\` is an amount, for example \`cpu: "4"\`, \`memory: 8Gi\`, \`pods: "110"\``)
}

function checkStep(step: unknown, path: Path, fail: Fail): void {
  if (!isObject(step)) fail(path, 'a step is a map with one of run, node, brokenImages or wait')
  for (const key of Object.keys(step)) if (!stepKeys.has(key)) fail([...path, key], `unknown key \`${key}\`; a step has ${[...stepKeys].join(', ')}`)
  if (step.run !== undefined && typeof step.run !== 'string') fail([...path, 'run'], '`run` must be a shell line')
  if (step.stdin !== undefined && typeof step.stdin !== 'string') fail([...path, 'stdin'], '`stdin` must be text; start it with `stdin: |`')
  if (step.wait !== undefined && (typeof step.wait !== 'number' || !(step.wait >= 0 && step.wait <= maxWaitSeconds)))
    fail([...path, 'wait'], `\`wait\` is a number of seconds, at most ${maxWaitSeconds}`)
  if (step.brokenImages !== undefined && !(Array.isArray(step.brokenImages) && step.brokenImages.every((s) => typeof s === 'string')))
    fail([...path, 'brokenImages'], '`brokenImages` is a list of texts')
  if (step.node !== undefined) checkAction(step.node as NodeAction, [...path, 'node'], fail)
}

function checkAction(action: NodeAction, path: Path, fail: Fail): void {
  const keys = isObject(action) ? Object.keys(action) : []
  const name = keys[0] ?? ''
  if (keys.length !== 1 || !actions.has(name)) fail(path, `\`node\` has one of ${[...actions].join(', ')}`)
  const at = [...path, name]
  if ('add' in action) {
    const list = Array.isArray(action.add) ? action.add : [action.add]
    list.forEach((node, i) => {
      checkNode(node, Array.isArray(action.add) ? [...at, i] : at, fail)
    })
  } else if ('condition' in action) {
    const { name: node, set } = action.condition ?? {}
    if (typeof node !== 'string' || !isObject(set)) fail(at, '`condition` is {name: worker-1, set: {DiskPressure: true}}')
    for (const key of Object.keys(set)) if (!conditions.has(key)) fail([...at, 'set', key], `\`${key}\` is not one of ${[...conditions].join(', ')}`)
  } else if ('podFails' in action) {
    if (typeof action.podFails?.name !== 'string' || typeof action.podFails.app !== 'string')
      fail(at, '`podFails` needs name (of a node) and app (a label value)')
  } else if (typeof Object.values(action)[0] !== 'string') fail(at, `\`${name}\` names a node: \`${name}: worker-1\``)
}
