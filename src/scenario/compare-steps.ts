/**
 * What differs between two recordings of one scenario.
 *
 * Compared: output, exit status, numbers of DaemonSet status, pods, nodes, revisions, Deployments and StatefulSets, and the events of each
 * step. Not compared: the order of lines, and what is random or counts time (name suffixes, hashes, uids, addresses, ages, dates), because
 * a version that draws one random number more would seem to differ in all of them.
 */
import type { ComparedPart, Difference } from '#protocol/compare.ts'
import type { After, RecordedStep, Recording } from './record.ts'
import { createFold } from './record.ts'

type Fold = (line: string) => string

/** Lines of one part, as they are shown. `before` = the cluster after the step before. */
type Lines = (step: RecordedStep, before: After | undefined, fold: Fold) => string[]

const ageUnit = '\\d+[dhms]'
const folds: [RegExp, string][] = [
  [/((?:controller-revision|pod-template)-hash[=:" ]+)[a-z0-9]{6,10}/g, '$1<hash>'],
  [/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<uid>'],
  [/(resourceVersion"?: "?)\d+/g, '$1<n>'],
  [/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>'],
  [/\w{3}, \d\d \w{3} \d{4} [\d:]+ [+-]\d{4}/g, '<time>'],
  [/\b(?:\d{1,3}\.){3}\d{1,3}\b/g, '<ip>'],
  [new RegExp(`(?<![\\w.:%-])(?:${ageUnit}){1,3}(?: \\(x\\d+ over (?:${ageUnit})+\\))?(?![\\w%])`, 'g'), '<age>'],
  [/\s+/g, ' '],
]

const linesOf = (text: string | undefined): string[] => (text ?? '').split('\n').filter((line) => line.trim() !== '')

const listed = (...words: (string | false | null | undefined)[]): string => words.filter(Boolean).join(', ')

/** How often each event is in a recording; by their folded text, because a recording folds only the names of objects that still exist. */
function countEvents(after: After | undefined, fold: Fold): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { type, reason, object, from, message, count } of after?.events ?? []) {
    const text = fold(`${type} ${reason} ${object} (${from}): ${message}`)
    counts.set(text, (counts.get(text) ?? 0) + count)
  }
  return counts
}

const parts: Record<ComparedPart, Lines> = {
  stdout: ({ result }) => linesOf(result?.stdout),
  stderr: ({ result }) => linesOf(result?.stderr),
  exit: ({ result }) => (result ? [String(result.exit)] : []),
  daemonSets: ({ after }) =>
    (after?.daemonsets ?? []).flatMap(({ name, status }) =>
      Object.entries(status).flatMap(([field, value]) => (typeof value === 'number' ? [`${name}: ${field} ${value}`] : [])),
    ),
  pods: ({ after }) =>
    (after?.pods ?? []).map((pod) =>
      listed(
        `${pod.owner ?? pod.name} on ${pod.node ?? 'no node'}: ${pod.phase}`,
        pod.reason,
        pod.ready !== 'True' && 'not Ready',
        pod.terminating && 'terminating',
        pod.revision !== undefined && `revision ${pod.revision}`,
        pod.image,
        pod.scheduled?.status === 'False' && pod.scheduled.message,
      ),
    ),
  nodes: ({ after }) =>
    (after?.nodes ?? []).map((node) => listed(`${node.name}: Ready ${node.ready}`, node.unschedulable && 'cordoned', ...node.taints)),
  revisions: ({ after }) => (after?.controllerrevisions ?? []).map((one) => `${one.owner ?? 'no owner'}: revision ${one.revision}, ${one.image}`),
  workloads: ({ after }) =>
    [...(after?.deployments ?? []), ...(after?.statefulsets ?? [])].map(({ name, status }) =>
      listed(...Object.entries(status).map(([field, value], at) => `${at === 0 ? `${name}: ` : ''}${field} ${value}`)),
    ),
  // events pile up: only what a step added is told with it
  events: ({ after }, before, fold) => {
    const known = countEvents(before, fold)
    return [...countEvents(after, fold)].flatMap(([text, count]) => {
      const added = count - (known.get(text) ?? 0)
      return added > 0 ? [added > 1 ? `${text} ×${added}` : text] : []
    })
  },
}

/** Lines of `from` that have no equal among those of `other`; equal lines are matched one to one. */
function onlyIn(from: readonly string[], other: readonly string[], fold: Fold): string[] {
  const left = new Map<string, number>()
  for (const line of other) left.set(fold(line), (left.get(fold(line)) ?? 0) + 1)
  return from.filter((line) => {
    const count = left.get(fold(line)) ?? 0
    left.set(fold(line), count - 1)
    return count <= 0
  })
}

function workloadsOf({ steps }: Recording): string[] {
  const found = steps.flatMap(({ after }) => [...(after?.daemonsets ?? []), ...(after?.deployments ?? [])].map((object) => object.name))
  return [...new Set(['coredns', ...found])]
}

/** Per step what only one of the two recordings has; recordings of the same scenario, step by step. */
export function compareSteps(a: Recording, b: Recording): Difference[][] {
  const foldNames = createFold([...new Set([...workloadsOf(a), ...workloadsOf(b)])])
  const fold: Fold = (line) => folds.reduce((text, [pattern, by]) => text.replace(pattern, by), foldNames(line)).trim()
  let before: [After | undefined, After | undefined] = [undefined, undefined]
  return a.steps.map((step, at) => {
    const other = b.steps[at] as RecordedStep
    const differences = Object.entries(parts).flatMap(([part, lines]): Difference[] => {
      const [mine, theirs] = [lines(step, before[0], fold), lines(other, before[1], fold)]
      const difference = { part: part as ComparedPart, a: onlyIn(mine, theirs, fold), b: onlyIn(theirs, mine, fold) }
      return difference.a.length + difference.b.length > 0 ? [difference] : []
    })
    if (step.after) before = [step.after, other.after]
    return differences
  })
}
