import { findKind } from '#k8s/resources.ts'
import { sortedKeys } from '#k8s/schema/go-format.ts'
import { structOf } from '#k8s/schema/index.ts'
import type { FieldType } from '#k8s/schema/notation.ts'
import { escapeHtml } from '../go-format.ts'
import { orderOf } from './struct-order.ts'

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

function sortedValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedValue)
  return isObject(value) ? withKeys(value, sortedKeys(value), sortedValue) : value
}

function withKeys(value: Record<string, unknown>, keys: readonly string[], inside: (value: unknown, key: string) => unknown) {
  return Object.fromEntries(keys.filter((key) => value[key] !== undefined).map((key) => [key, inside(value[key], key)]))
}

function ordered(value: unknown, type: FieldType | undefined): unknown {
  if (Array.isArray(value)) return value.map((item) => ordered(item, type?.shape === 'list' ? type.item : undefined))
  if (!isObject(value)) return value
  if (type?.shape === 'map') return withKeys(value, sortedKeys(value), (item) => ordered(item, type.value))
  return type?.shape === 'struct' ? inOrder(value, type.struct) : sortedValue(value)
}

function inOrder(value: Record<string, unknown>, struct: string): Record<string, unknown> {
  const first = orderOf(struct)
  const keys = [...first.filter((key) => key in value), ...sortedKeys(value).filter((key) => !first.includes(key))]
  const { fields } = structOf(struct)
  return withKeys(value, keys, (inside, key) => ordered(inside, fields.get(key)?.type))
}

/** The object with its fields in the order of the Go struct that kubectl holds it in; of a list, each of its items, which may leave it to the list to say what they are. */
export function inStructOrder(object: object, itemKind?: string): object {
  const { kind = itemKind, items } = object as { kind?: string; items?: unknown }
  if (Array.isArray(items)) {
    const { apiVersion, metadata } = object as { apiVersion?: unknown; metadata?: unknown }
    return { kind, apiVersion, metadata, items: items.map((item) => inStructOrder(item, kind?.replace(/List$/, ''))) }
  }
  if (kind !== undefined && findKind(kind)) return inOrder(object as Record<string, unknown>, kind)
  const first = orderOf(kind ?? '')
  const keys = [...first.filter((key) => key in object), ...sortedKeys(object).filter((key) => !first.includes(key))]
  return withKeys(object as Record<string, unknown>, keys, (value) => value)
}

/** JSON as `kubectl -o json` prints objects that it has decoded into Go structs; no newline at the end. */
export const printTypedJson = (object: object): string => escapeHtml(JSON.stringify(inStructOrder(object), null, 4))
