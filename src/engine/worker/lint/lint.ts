import type { AnyObject, Kind, KubeNode, LabelSelector, ObjectMeta, Pod, PodSpec } from '#k8s/types.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import type { Written, WrittenFields } from './write-yaml.ts'

export type Path = readonly (string | number)[]

/** A pod's metadata and spec as written: anything may be missing. */
export interface WrittenPod {
  /** Where it stands in the manifest: `[]` for a Pod, `['spec', 'template']` for a workload. */
  path: Path
  metadata: Partial<ObjectMeta>
  spec: Partial<PodSpec>
}

/** One document as the lints see it: types are right (it was decoded), nothing is defaulted, anything may be missing. */
export interface LintInput {
  kind: Kind
  name: string
  /** The whole document. */
  object: Readonly<Record<string, unknown>>
  spec: Readonly<Record<string, unknown>>
  /** Undefined for kinds without pods, and while no pod is written. */
  pod?: WrittenPod
  /** Undefined for kinds without a selector, and while none is written. */
  selector?: LabelSelector
  nodes: readonly KubeNode[]
  /** All pods of the cluster. */
  pods(): readonly Pod[]
  /** The object of that name in the cluster. */
  live?: AnyObject
  version: KubernetesVersion
}

/** What a fix does, told by fields; it becomes an edit where the text allows it. */
export type Change =
  /** Gives a field this value; the field and what holds it are made where they are missing. */
  | { put: Path; value: Written }
  /** Puts fields into a map. */
  | { add: Path; fields: WrittenFields }
  /** Puts an item before the others of a list. */
  | { insert: Path; item: WrittenFields }
  /** Puts fields in the place of a field. */
  | { replace: Path; fields: WrittenFields }
  /** Puts items in the place of a list item. */
  | { replace: Path; items: readonly WrittenFields[] }
  /** Takes a field or a list item away, and what holds it when nothing is left there. */
  | { remove: Path }

/** What a lint found. It is shown at the field, or at the nearest one above it that exists. */
export interface Finding {
  path: Path
  severity?: 'info' | 'error'
  message: string
  rule: string
  fix?: { title: string; changes: readonly Change[] }
}

/** One thing to look for. Pure. */
export type LintRule = (input: LintInput) => readonly Finding[]
