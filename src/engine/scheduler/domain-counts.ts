import type { NodeInfo } from './node-info.ts'
import type { SpreadConstraint } from './spread-constraint.ts'
import { countMatchingPods } from './spread-constraints.ts'

interface Counted {
  readonly domain: string
  readonly count: number
}

interface Entry {
  readonly domains: Map<string, number>
  readonly byNode: Map<string, Counted>
  readonly dirty: Set<string>
}

const maxEntries = 32

/** Value of the constraint's topology label; a node without it is in the domain ''. */
export function domainOf(info: NodeInfo, topologyKey: string): string {
  return info.node.metadata.labels?.[topologyKey] ?? ''
}

/**
 * Matching pods per domain over all nodes, kept from cycle to cycle and corrected for the nodes that changed. The least recently used
 * selectors are forgotten.
 */
export class DomainCounts {
  private readonly entries = new Map<string, Entry>()

  /** Something about this node or its pods changed. */
  touch(nodeName: string): void {
    if (this.entries.size) for (const entry of this.entries.values()) entry.dirty.add(nodeName)
  }

  /** `all` gives every node, `infoOf` one of them as it is now. */
  counts(constraint: SpreadConstraint, all: () => readonly NodeInfo[], infoOf: (name: string) => NodeInfo | undefined): ReadonlyMap<string, number> {
    const key = `${constraint.topologyKey}|${constraint.countKey}`
    let entry = this.entries.get(key)
    if (entry) {
      this.entries.delete(key)
      for (const name of entry.dirty) this.recount(entry, constraint, name, infoOf(name))
      entry.dirty.clear()
    } else {
      entry = { domains: new Map(), byNode: new Map(), dirty: new Set() }
      for (const info of all()) this.recount(entry, constraint, info.name, info)
      if (this.entries.size >= maxEntries) this.entries.delete(this.entries.keys().next().value as string)
    }
    this.entries.set(key, entry)
    return entry.domains
  }

  private recount({ domains, byNode }: Entry, constraint: SpreadConstraint, name: string, info: NodeInfo | undefined): void {
    const before = byNode.get(name)
    if (before) domains.set(before.domain, (domains.get(before.domain) ?? 0) - before.count)
    if (!info) {
      byNode.delete(name)
      return
    }
    const now = { domain: domainOf(info, constraint.topologyKey), count: countMatchingPods(info, constraint) }
    domains.set(now.domain, (domains.get(now.domain) ?? 0) + now.count)
    byNode.set(name, now)
  }
}
