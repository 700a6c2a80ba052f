import type { AliasNode, MappingNode, Node } from './node.ts'
import { isMerge } from './node.ts'
import { type GoScalar, resolveScalar } from './resolve.ts'
import { decoderError } from './yaml-error.ts'

export type GoValue = GoScalar | GoValue[] | GoMap

/** A map whose keys keep their type: `1` and `"1"` are two. */
export class GoMap {
  readonly entries = new Map<GoScalar, { value: GoValue; line: number }>()
}

/** Which share of all values aliases may make up. @source go-yaml decode.go allowedAliasRatio */
function allowedShare(count: number): number {
  if (count <= 400_000) return 0.99
  return count >= 4_000_000 ? 0.1 : 0.99 - (0.89 * (count - 400_000)) / 3_600_000
}

/** What the nodes of a document mean: aliases are what they stand for, `<<` merges. Throws YamlError. */
export function decode(root: Node, goSyntax: (value: GoValue) => string): GoValue {
  return new Decoder(goSyntax).decode(root)
}

class Decoder {
  private readonly following = new Set<AliasNode>()
  private count = 0
  private aliased = 0

  constructor(private readonly goSyntax: (value: GoValue) => string) {}

  decode(node: Node): GoValue {
    this.countOne(node)
    switch (node.kind) {
      case 'scalar':
        return resolveScalar(node)
      case 'alias':
        return this.follow(node, (target) => this.decode(target))
      case 'sequence':
        return node.items.map((item) => this.decode(item))
      case 'mapping': {
        const map = new GoMap()
        this.fill(map, node)
        return map
      }
    }
  }

  private countOne({ line }: Node): void {
    this.count++
    if (this.following.size > 0) this.aliased++
    if (this.aliased > 100 && this.count > 1000 && this.aliased / this.count > allowedShare(this.count))
      throw decoderError(line, 'document contains excessive aliasing')
  }

  private follow<T>(alias: AliasNode, read: (target: Node) => T): T {
    if (this.following.has(alias)) throw decoderError(alias.line, `anchor '${alias.name}' value contains itself`)
    this.following.add(alias)
    const value = read(alias.target)
    this.following.delete(alias)
    return value
  }

  private fill(map: GoMap, { pairs }: MappingNode): void {
    for (const { key, value } of pairs) {
      if (isMerge(key)) {
        this.merge(map, value)
        continue
      }
      const name = this.decode(key)
      if (typeof name === 'object' && name !== null) throw decoderError(key.line, `invalid map key: ${this.goSyntax(name)}`)
      map.entries.set(name, { value: this.decode(value), line: key.line })
    }
  }

  /** What is merged goes over what stands before it; of a list, the first goes over the others. */
  private merge(map: GoMap, value: Node): void {
    for (const item of value.kind === 'sequence' ? value.items.toReversed() : [value]) this.mergeOne(map, item)
  }

  private mergeOne(map: GoMap, node: Node): void {
    const target = node.kind === 'alias' ? node.target : node
    if (target.kind !== 'mapping') throw decoderError(node.line, 'map merge requires map or sequence of maps as the value')
    this.countOne(node)
    if (node.kind === 'mapping') this.fill(map, node)
    else if (node.kind === 'alias')
      this.follow(node, () => {
        this.countOne(target)
        this.fill(map, target)
      })
  }
}
