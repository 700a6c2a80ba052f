import { isObject, type JsonObject } from '../patch/json.ts'
import type { FieldSet } from './field-set.ts'
import type { Shape } from './shape.ts'

type ListShape = Extract<Shape, { kind: 'list' }>

/** Items of both lists: in the applied order, with the live list's own ones where they stood. @source typed mergingWalker.visitListItems */
function mergeLists(live: readonly unknown[], applied: readonly unknown[], { elementOf, item }: ListShape): unknown[] {
  const [left, right] = [live.map(elementOf), applied.map(elementOf)]
  const shared = right.filter((element) => left.includes(element))
  const result: unknown[] = []
  const take = (element: string) => {
    const own = live[left.indexOf(element)]
    const at = right.indexOf(element)
    result.push(at < 0 ? own : mergeValues(own, applied[at], item))
  }
  for (let l = 0, r = 0; l < left.length || r < right.length; ) {
    const [mine, theirs] = [left[l], right[r]]
    if (mine !== undefined && mine === theirs) {
      take(mine)
      l++
      r++
      shared.shift()
    } else if (mine !== undefined && theirs !== undefined && right.includes(mine) && shared.length > 0 && shared[0] !== mine) l++
    else if (mine !== undefined && !right.includes(mine)) {
      take(mine)
      l++
    } else if (theirs !== undefined) {
      take(theirs)
      if (shared[0] === theirs) shared.shift()
      r++
    } else l++
  }
  return result
}

/** What is applied, over what is there. @source structured-merge-diff/typed TypedValue.Merge */
export function mergeValues(live: unknown, applied: unknown, shape: Shape): unknown {
  if (applied === undefined) return live
  // nothing in the place of a list or map takes nothing from it
  if (applied === null && shape.kind !== 'leaf' && typeof live === 'object' && live !== null && Object.keys(live).length > 0) return live
  if (shape.kind === 'list' && Array.isArray(applied)) return mergeLists(Array.isArray(live) ? live : [], applied, shape)
  if (shape.kind !== 'map' || !isObject(applied) || !isObject(live)) return applied
  const result: JsonObject = { ...live }
  for (const [key, value] of Object.entries(applied)) result[key] = mergeValues(live[key], value, shape.shapeOf(key, value))
  return result
}

/** The value without the fields of a set; undefined when nothing is left of it. What becomes empty in it stays, as null. @source structured-merge-diff/typed TypedValue.RemoveItems */
export function removeFields(value: unknown, set: FieldSet, shape: Shape): unknown {
  if (set.size === 0) return value
  if (shape.kind === 'list' && Array.isArray(value)) {
    const kept = value.flatMap((item) => {
      const node = set.get(shape.elementOf(item))
      if (node?.own) return []
      return node ? [removeFields(item, node.fields, shape.item) ?? null] : [item]
    })
    return kept.length > 0 ? kept : undefined
  }
  if (shape.kind !== 'map' || !isObject(value)) return value
  const kept: JsonObject = {}
  for (const [key, field] of Object.entries(value)) {
    const node = set.get(`f:${key}`)
    if (node?.own) continue
    kept[key] = node ? (removeFields(field, node.fields, shape.shapeOf(key, field)) ?? null) : field
  }
  return Object.keys(kept).length > 0 ? kept : undefined
}
