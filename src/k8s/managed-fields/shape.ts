import { isObject, type JsonObject } from '../patch/json.ts'
import { structOf } from '../schema/index.ts'
import type { Field, FieldType } from '../schema/notation.ts'

/**
 * How owners see a value: as a whole (`leaf`), field by field (`map`; `named` fields belong to a struct), or item by item (`list`, whose
 * items are told apart by `elementOf`). @source structured-merge-diff/schema Atom; the x-kubernetes-list-type and -map-type of the API
 */
export type Shape =
  | { kind: 'leaf' }
  | { kind: 'map'; isStruct: boolean; shapeOf(key: string, value: unknown): Shape; isNamed(key: string): boolean }
  | { kind: 'list'; elementOf(item: unknown): string; item: Shape }

const leaf: Shape = { kind: 'leaf' }

/** Structs that are owned as a whole. */
const atomicStructs = new Set(
  'LabelSelector NodeSelector NodeSelectorTerm ObjectFieldSelector ResourceFieldSelector ConfigMapKeySelector SecretKeySelector LocalObjectReference ObjectReference OwnerReference'.split(
    ' ',
  ),
)
const atomicMaps = new Set(['PodSpec.nodeSelector', 'ServiceSpec.selector'])

/** Lists whose items need more than one key, by what their items are. */
const manyKeys: Record<string, string[]> = {
  ContainerPort: ['containerPort', 'protocol'],
  ServicePort: ['port', 'protocol'],
  TopologySpreadConstraint: ['topologyKey', 'whenUnsatisfiable'],
}
/** What the schema gives a key that an item leaves out; other keys are empty then. */
const keyDefaults: JsonObject = { protocol: 'TCP', containerPort: 0, port: 0 }

const keyOf = (object: JsonObject, key: string): unknown => (object[key] !== undefined ? object[key] : (keyDefaults[key] ?? ''))

/** A field that the schema does not have: maps field by field, lists as a whole. */
const deduced: Shape = { kind: 'map', isStruct: false, shapeOf: (_key, value) => (isObject(value) ? deduced : leaf), isNamed: () => false }

export function itemKey(item: unknown, keys: readonly string[]): string {
  const object = isObject(item) ? item : {}
  return `k:${JSON.stringify(Object.fromEntries(keys.map((key) => [key, keyOf(object, key)])))}`
}

/** By what the items of a list are told apart; nothing: by themselves. */
export function listKeys({ item }: FieldType & { shape: 'list' }, mergeKey: string): readonly string[] {
  if (mergeKey === '') return []
  return (item.shape === 'struct' && manyKeys[item.struct]) || [mergeKey]
}

function shapeOfType(type: FieldType, mergeKey: string | undefined): Shape {
  if (type.shape === 'scalar') return leaf
  if (type.shape === 'struct') return shapeOfStruct(type.struct)
  if (type.shape === 'map') {
    const of = shapeOfType(type.value, undefined)
    return { kind: 'map', isStruct: false, shapeOf: () => of, isNamed: () => false }
  }
  if (mergeKey === undefined) return leaf
  if (mergeKey === '') return { kind: 'list', elementOf: (item) => `v:${JSON.stringify(item)}`, item: leaf }
  const keys = listKeys(type, mergeKey)
  return { kind: 'list', elementOf: (item) => itemKey(item, keys), item: shapeOfType(type.item, undefined) }
}

/** The shape of a struct of the API; that of a kind is the shape of its objects. */
export function shapeOfStruct(name: string): Shape {
  if (atomicStructs.has(name)) return leaf
  const { fields } = structOf(name)
  return {
    kind: 'map',
    isStruct: true,
    isNamed: (key) => fields.has(key),
    shapeOf(key, value) {
      const field: Field | undefined = fields.get(key)
      if (!field) return isObject(value) ? deduced : leaf
      return atomicMaps.has(`${name}.${key}`) ? leaf : shapeOfType(field.type, field.mergeKey)
    },
  }
}
