import type { Affinity, PreferredSchedulingTerm } from '#k8s/selection-types.ts'
import { matchesNodeSelectorTerms } from '#k8s/selector.ts'
import { formatTaint, tolerates } from '#k8s/taint.ts'
import type { KubeNode, NodeSelectorTerm, Toleration } from '#k8s/types.ts'
import type { Manifest } from '#kubectl/manifest.ts'
import type { TextRange } from '#protocol/lint.ts'
import type { Mention } from '#protocol/mention.ts'
import type { LintInput, Path } from '../lint/lint.ts'

const nameOf = (node: KubeNode): string => node.metadata.name

/** A field from its name, or a list item from its dash's right, to the end of its value. */
function wholeRange(manifest: Manifest, path: Path): TextRange | undefined {
  const place = manifest.placeOf(path)
  const start = place?.key ?? place?.value
  if (!start) return undefined
  const end = place?.value ?? start
  return { line: start.line, column: start.column, endLine: end.endLine, endColumn: end.endColumn }
}

/** `headOnly`: the first line speaks for what stands below it, which speaks for itself. */
type Said = Omit<Mention, keyof TextRange> & { path: Path; headOnly?: boolean }

function ofSelector(path: Path, selector: Readonly<Record<string, string>>, nodes: readonly KubeNode[]): Said[] {
  const fits = (pairs: [string, string][]) => nodes.filter((node) => pairs.every(([key, value]) => node.metadata.labels?.[key] === value)).map(nameOf)
  const pairs = Object.entries(selector)
  if (pairs.length === 0) return []
  return [
    { path, about: 'node-selector', level: 'rule', nodes: fits(pairs) },
    ...pairs.map((pair): Said => ({ path: [...path, pair[0]], about: 'node-selector', level: 'term', label: pair[0], nodes: fits([pair]) })),
  ]
}

function ofAffinity(path: Path, terms: readonly NodeSelectorTerm[], nodes: readonly KubeNode[]): Said[] {
  const fits = (some: readonly NodeSelectorTerm[]) => nodes.filter((node) => matchesNodeSelectorTerms(some, node.metadata)).map(nameOf)
  const about = 'node-affinity'
  return [
    { path, about, level: 'rule', nodes: fits(terms) },
    ...terms.flatMap((term, t): Said[] => [
      ...(term?.matchExpressions ?? []).map(
        (one, at): Said => ({
          path: [...path, 'nodeSelectorTerms', t, 'matchExpressions', at],
          about,
          level: 'term',
          label: one?.key,
          nodes: one ? fits([{ matchExpressions: [one] }]) : [],
        }),
      ),
      ...(term?.matchFields ?? []).map(
        (one, at): Said => ({
          path: [...path, 'nodeSelectorTerms', t, 'matchFields', at],
          about,
          level: 'term',
          nodes: one ? fits([{ matchFields: [one] }]) : [],
        }),
      ),
    ]),
  ]
}

/** Wishes choose no nodes, so a node is not told that it does not fit them. */
function ofPreferences(path: Path, preferences: readonly PreferredSchedulingTerm[], nodes: readonly KubeNode[]): Said[] {
  const fits = (some: readonly PreferredSchedulingTerm[]) => {
    const terms = some.flatMap((one) => one?.preference ?? [])
    return nodes.filter((node) => matchesNodeSelectorTerms(terms, node.metadata)).map(nameOf)
  }
  const about = 'preferred-affinity'
  return [
    { path, about, level: 'rule', nodes: fits(preferences) },
    ...preferences.map((one, at): Said => ({ path: [...path, at], about, level: 'rule', nodes: fits([one]) })),
  ]
}

/** Node affinity: what is required, what is wished for, and on the lines above them the first of the two. */
function ofNodeAffinity(path: Path, affinity: Affinity['nodeAffinity'], nodes: readonly KubeNode[]): Said[] {
  const { requiredDuringSchedulingIgnoredDuringExecution: required, preferredDuringSchedulingIgnoredDuringExecution: preferred } = affinity ?? {}
  const at = [...path, 'nodeAffinity']
  const said = [
    ...(required?.nodeSelectorTerms?.length
      ? ofAffinity([...at, 'requiredDuringSchedulingIgnoredDuringExecution'], required.nodeSelectorTerms, nodes)
      : []),
    ...(preferred?.length ? ofPreferences([...at, 'preferredDuringSchedulingIgnoredDuringExecution'], preferred, nodes) : []),
  ]
  const [first] = said
  return first ? [...[path, at].map((above): Said => ({ ...first, path: above, headOnly: true })), ...said] : []
}

function ofTolerations(path: Path, tolerations: readonly Toleration[], nodes: readonly KubeNode[]): Said[] {
  if (tolerations.length === 0) return []
  const tolerated = (some: readonly Toleration[]) => {
    const taints = new Set<string>()
    const tainted = nodes.filter((node) => {
      const here = (node.spec?.taints ?? []).filter((taint) => some.some((one) => one && tolerates(one, taint)))
      for (const taint of here) taints.add(formatTaint(taint))
      return here.length > 0
    })
    return { nodes: tainted.map(nameOf), taints: [...taints] }
  }
  return [
    { path, about: 'tolerations', level: 'rule', ...tolerated(tolerations) },
    ...tolerations.flatMap((one, at): Said[] => {
      const said = { path: [...path, at], about: 'toleration', taintKey: one?.key ?? '', ...tolerated([one]) } as const
      return [
        { ...said, level: 'rule' },
        { ...said, level: 'term' },
      ]
    }),
  ]
}

/** Where a document speaks of nodes: its node name, node selector, node affinity and tolerations. @source DS-4.2, DS-4.3, DS-4.4, DS-4.7, SCH-4.7 */
export function mentionsOf(manifest: Manifest, { pod, nodes }: LintInput): Mention[] {
  if (!pod) return []
  const { nodeName, nodeSelector, affinity, tolerations } = pod.spec
  const path = [...pod.path, 'spec']
  const named = nodes.filter((node) => node.metadata.name === nodeName).map(nameOf)
  const said: Said[] = [
    ...(nodeName ? (['rule', 'term'] as const).map((level): Said => ({ path: [...path, 'nodeName'], about: 'node-name', level, nodes: named })) : []),
    ...ofSelector([...path, 'nodeSelector'], nodeSelector ?? {}, nodes),
    ...ofNodeAffinity([...path, 'affinity'], affinity?.nodeAffinity, nodes),
    ...ofTolerations([...path, 'tolerations'], tolerations ?? [], nodes),
  ]
  return said.flatMap(({ path: at, headOnly, ...mention }) => {
    const range = headOnly ? manifest.placeOf(at)?.key : wholeRange(manifest, at)
    return range ? [{ ...range, ...mention }] : []
  })
}
