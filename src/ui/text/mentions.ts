import type { Mention, MentionKind } from '#protocol/mention.ts'

const subjects: Record<MentionKind, string> = {
  'node-name': 'nodeName',
  'node-selector': 'nodeSelector',
  'node-affinity': 'Required node affinity',
  'preferred-affinity': 'Preferred node affinity, a wish only,',
  tolerations: 'These tolerations',
  toleration: 'This toleration',
}

const some = (names: readonly string[], most = 4): string =>
  `${names.slice(0, most).join(', ')}${names.length > most ? `, and ${names.length - most} more` : ''}`

/** What is said about the place of the cursor in a manifest, and about what is pointed at on the canvas. Loaded with the editor. */
export const mentionsText = {
  /** `total` = nodes of the cluster. */
  rule({ about, nodes, taints }: Mention, total: number): string {
    const subject = subjects[about]
    if (!taints)
      return nodes.length === 0 ? `${subject} fits none of ${total} nodes.` : `${subject} fits ${nodes.length} of ${total} nodes: ${some(nodes)}.`
    const verb = about === 'tolerations' ? 'take' : 'takes'
    return taints.length === 0 ? `${subject} ${verb} no taint that a node has.` : `${subject} ${verb} ${some(taints, 2)} (on ${some(nodes)}).`
  },
  fits: (what: string) => `✓ ${what}`,
  misses: (what: string) => `✕ not ${what}`,
  spoken: (what: string, fits: readonly number[], misses: readonly number[]) => {
    const lines = (numbers: readonly number[], one: string, several: string) =>
      numbers.length === 0 ? [] : [numbers.length === 1 ? `line ${numbers[0]} ${one}` : `lines ${numbers.join(', ')} ${several}`]
    const said = [...lines(fits, 'fits', 'fit'), ...lines(misses, 'does not fit', 'do not fit')]
    return `${what}: ${said.join('; ')}.`
  },
}
