/** A value as it stands in the text; `start` and `end` are offsets, `line` counts from 0. */
interface Place {
  line: number
  start: number
  end: number
  /** Its name, by which an alias may mean it. */
  anchor?: string
}

export interface ScalarNode extends Place {
  kind: 'scalar'
  value: string
  /** With its long prefix; empty for none. */
  tag: string
  /** What it is follows from how it looks: it has no quotes. */
  isImplicit: boolean
}

export interface AliasNode extends Place {
  kind: 'alias'
  name: string
  target: Node
}

export interface SequenceNode extends Place {
  kind: 'sequence'
  inFlow: boolean
  items: Node[]
}

export interface Pair {
  key: Node
  value: Node
}

export interface MappingNode extends Place {
  kind: 'mapping'
  inFlow: boolean
  pairs: Pair[]
}

export type Node = ScalarNode | AliasNode | SequenceNode | MappingNode

export const isMerge = (node: Node): boolean =>
  node.kind === 'scalar' && node.value === '<<' && (node.isImplicit || node.tag === 'tag:yaml.org,2002:merge')
