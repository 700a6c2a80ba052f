import type { Mention } from '#protocol/mention.ts'

/** What the manifest chooses nodes by at a line: the smallest whole that covers it. */
export function ruleAt(mentions: readonly Mention[], line: number): Mention | undefined {
  return mentions
    .filter((one) => one.level === 'rule' && one.line <= line && line <= one.endLine)
    .reduce<Mention | undefined>((best, one) => (best && best.endLine - best.line <= one.endLine - one.line ? best : one), undefined)
}

/** What somebody points at on the canvas: a node, or a label (by key) or taint (`key=value:Effect`) of it. */
export interface Pointed {
  node: string
  /** All taints of the node. */
  taints: readonly string[]
  label?: string
  taint?: string
}

/** A line that speaks of what is pointed at, and whether it fits. */
export interface Spoken {
  mention: Mention
  fits: boolean
}

const keyOf = (taint: string) => taint.replace(/[=:].*$/, '')

/** The lines that speak of a node, a label or a taint. A toleration speaks of a node when the node has the taint. */
export function spokenOf(mentions: readonly Mention[], { node, taints, label, taint }: Pointed): Spoken[] {
  return mentions.flatMap((mention): Spoken[] => {
    if (mention.level !== 'term') return []
    const { about, taintKey = '' } = mention
    if (about === 'toleration') {
      if (label !== undefined) return []
      const asked = taint === undefined ? taints : [taint]
      const fits = asked.some((one) => mention.taints?.includes(one))
      return fits || asked.some((one) => keyOf(one) === taintKey) ? [{ mention, fits }] : []
    }
    if (taint !== undefined || (label !== undefined && mention.label !== label)) return []
    return [{ mention, fits: mention.nodes.includes(node) }]
  })
}
