import { noSuchPath } from '#k8s/api/request-object.ts'
import { ApiError } from '#k8s/api-error.ts'
import { conditionOf } from '#k8s/node.ts'
import { toMilli, toValue } from '#k8s/quantity.ts'
import { parseLabelSelector } from '#k8s/selector.ts'
import { containerUses, nodeUse, sumOfUses, type Use } from '#k8s/simulated-use.ts'
import type { AnyObject, KubeNode, Pod } from '#k8s/types.ts'
import type { Running } from '#protocol/api-client.ts'
import type { Flag, KubectlContext, Parsed, Verb } from '../command.ts'
import { CommandError, usageError } from '../error-text.ts'
import { goSort } from '../output/go-sort.ts'
import { alignTable } from '../table.ts'

const shared: readonly Flag[] = [
  { name: 'selector', shorthand: 'l', kind: 'string' },
  { name: 'no-headers', kind: 'bool' },
  { name: 'sort-by', kind: 'string' },
  { name: 'show-swap', kind: 'bool', sinceMinor: 34, usage: 'Also swap, which nothing here has' },
  { name: 'use-protocol-buffers', kind: 'bool', default: 'true' },
]

interface Row extends Use {
  cells: readonly string[]
}

const mebi = 1024 * 1024
const cpuText = ({ cpuMillis }: Use): string => `${cpuMillis}m`
const memoryText = ({ memoryBytes }: Use): string => `${Math.floor(memoryBytes / mebi)}Mi`

/** Refuses a line that names more than one, or a name and a selector. */
function checkNames(args: Parsed, command: 'node' | 'pod'): void {
  const [name, ...more] = args.operands
  const selector = args.string('selector')
  if (more.length > 0) throw usageError(`kubectl top ${command}`, `${command} [NAME | -l label]`)
  if (name !== undefined && command === 'node' && selector) throw new CommandError('only one of NAME or --selector can be provided')
  if (name !== undefined && command === 'pod' && (selector || args.string('field-selector')))
    throw new CommandError('only one of NAME or selector can be provided')
}

/** The objects that are asked for, by name order. Throws ApiError when the named one is not there. */
function asked<T extends AnyObject>(args: Parsed, all: readonly T[], resource: string): T[] {
  const [name] = args.operands
  const selector = args.string('selector')
  const found = all.filter((object) => name === undefined || object.metadata.name === name)
  if (name !== undefined && found.length === 0) throw new ApiError('NotFound', `${resource} "${name}" not found`)
  return selector ? found.filter((object) => parseLabelSelector(selector).matches(object.metadata.labels)) : found
}

/** Prints rows under their header, and lines behind them; `kubectl top` ends every line with a column's gap. */
function print({ io }: KubectlContext, args: Parsed, header: readonly string[], rows: Row[], after: readonly (readonly string[])[] = []): void {
  const by = args.string('sort-by')
  if (by !== '' && by !== 'cpu' && by !== 'memory') throw new CommandError('--sort-by accepts only cpu or memory')
  if (by === 'cpu') goSort(rows, (a, b) => a.cpuMillis > b.cpuMillis)
  if (by === 'memory') goSort(rows, (a, b) => a.memoryBytes > b.memoryBytes)
  const lines = [...(args.bool('no-headers') ? [] : [header]), ...rows.map(({ cells }) => cells), ...after]
  io.out(alignTable(lines.map((cells) => `${cells.join('\t')}\t`)))
}

const missing = '<unknown>'

const percent = (part: number, whole: number): string => `${whole > 0 ? Math.floor((100 * part) / whole) : 0}%`

function nodeRow(node: KubeNode, pods: readonly Pod[], ofCapacity: boolean, swapCells: readonly string[]): Row {
  const use = nodeUse(pods)
  const { cpu = '0', memory = '0' } = (ofCapacity ? node.status?.capacity : node.status?.allocatable) ?? {}
  const cpuCells = [cpuText(use), percent(use.cpuMillis, toMilli(cpu))]
  return { ...use, cells: [node.metadata.name, ...cpuCells, memoryText(use), percent(use.memoryBytes, toValue(memory)), ...swapCells] }
}

const byName = (a: AnyObject, b: AnyObject): number =>
  `${a.metadata.namespace}/${a.metadata.name}` < `${b.metadata.namespace}/${b.metadata.name}` ? -1 : 1

/** Nobody measures a node whose kubelet is silent. */
const isMeasured = (node: KubeNode): boolean => conditionOf(node, 'Ready')?.status !== 'Unknown'

/** The two lines that `--sum` adds; behind `before` empty cells: with swap they stand one column too far right, as kubectl's do. */
function sumLines(rows: readonly Row[], before: number, swap: readonly string[]): string[][] {
  const sum = sumOfUses(rows)
  const line = (...cells: string[]) => [...Array<string>(before).fill(''), ...cells]
  return [line('________', '________'), line(cpuText(sum), memoryText(sum), ...swap)]
}

const topNode: Verb = {
  name: 'node',
  aliases: ['nodes', 'no'],
  summary: 'Display the simulated resource usage of nodes',
  flags: [...shared, { name: 'show-capacity', kind: 'bool', usage: 'Percent of all that the node has, not of what pods may use' }],
  *run(context, args): Running {
    checkNames(args, 'node')
    const pods = context.client.list('Pod').items as Pod[]
    const all = context.client.list('Node').items as KubeNode[]
    // a named node that nobody measures is not found
    const nodes = asked(args, args.operands.length > 0 ? all.filter(isMeasured) : all, 'nodemetrics.metrics.k8s.io').sort(byName)
    // no node has swap, and the measured use of nodes does not tell of it
    const swap = args.bool('show-swap') ? [missing, missing] : []
    const rows = nodes.filter(isMeasured).map((node) =>
      nodeRow(
        node,
        pods.filter((pod) => pod.spec.nodeName === node.metadata.name),
        args.bool('show-capacity'),
        swap,
      ),
    )
    if (rows.length === 0) throw new CommandError('metrics not available yet')
    const swapHeader = args.bool('show-swap') ? ['SWAP(bytes)', 'SWAP(%)'] : []
    const unknown = nodes.filter((node) => !isMeasured(node)).map((node) => [node.metadata.name, ...Array(4).fill(missing), ...swap])
    print(context, args, ['NAME', 'CPU(cores)', 'CPU(%)', 'MEMORY(bytes)', 'MEMORY(%)', ...swapHeader], rows, unknown)
    return 0
  },
}

const topPod: Verb = {
  name: 'pod',
  aliases: ['pods', 'po'],
  summary: 'Display the simulated resource usage of pods',
  flags: [
    ...shared,
    { name: 'all-namespaces', shorthand: 'A', kind: 'bool' },
    { name: 'containers', kind: 'bool', usage: 'Each container by itself' },
    { name: 'field-selector', kind: 'string' },
    { name: 'sum', kind: 'bool', usage: 'Add up the figures' },
  ],
  *run(context, args): Running {
    checkNames(args, 'pod')
    const all = args.bool('all-namespaces')
    const namespace = all ? undefined : context.namespace
    if (all && args.operands.length > 0) throw noSuchPath()
    const fieldSelector = args.string('field-selector') || undefined
    const pods = (context.client.list('Pod', { namespace, fieldSelector }).items as Pod[]).filter((pod) => containerUses(pod).length > 0)
    const found = asked(args, pods.sort(byName), 'podmetrics.metrics.k8s.io')
    if (found.length === 0) {
      context.io.err(all ? 'No resources found\n' : `No resources found in ${namespace} namespace.\n`, 'aside')
      return 0
    }
    const swap = args.bool('show-swap') ? ['0Mi'] : []
    const rows = found.flatMap((pod): Row[] => {
      const place = all ? [pod.metadata.namespace ?? ''] : []
      const uses = containerUses(pod)
      const parts = args.bool('containers') ? uses.map((use) => ({ use, name: [use.name] })) : [{ use: sumOfUses(uses), name: [] }]
      return parts.map(({ use, name }) => ({ ...use, cells: [...place, pod.metadata.name, ...name, cpuText(use), memoryText(use), ...swap] }))
    })
    const names = [...(all ? ['NAMESPACE'] : []), ...(args.bool('containers') ? ['POD', 'NAME'] : ['NAME'])]
    const header = [...names, 'CPU(cores)', 'MEMORY(bytes)', ...(args.bool('show-swap') ? ['SWAP(bytes)'] : [])]
    print(context, args, header, rows, args.bool('sum') ? sumLines(rows, header.length - 2, swap) : [])
    return 0
  },
}

/** Usage of nodes and pods. Nothing really runs: the figures are made from what pods request, and never change by themselves. */
export const top: Verb = {
  name: 'top',
  summary: 'Display the simulated resource usage of nodes and pods',
  flags: [],
  subcommands: [topNode, topPod],
}
