/**
 * Hashes of pod templates and revisions.
 *
 * Not modelled: the Go debug dump the real hash is taken over, which changes with every release (NM-2.4). Ours is taken over canonical
 * JSON: it looks the same, is stable, and differs exactly when the template differs.
 */
import { safeAlphabet } from './name.ts'

const offsetBasis = 0x811c9dc5
const prime = 0x01000193

const encoder = new TextEncoder()

const utf8 = (data: string | Uint8Array): Uint8Array => (typeof data === 'string' ? encoder.encode(data) : data)

/** 32-bit FNV-1a, optionally going on from an earlier sum. NM-2.3 */
export function fnv1a32(data: string | Uint8Array, from = offsetBasis): number {
  let hash = from
  if (typeof data === 'string') {
    let ascii = 0
    for (let code = data.charCodeAt(ascii); code < 128; code = data.charCodeAt(++ascii)) hash = Math.imul(hash ^ code, prime)
    if (ascii < data.length) return fnv1a32(encoder.encode(data.slice(ascii)), hash)
    return hash >>> 0
  }
  for (const byte of data) hash = Math.imul(hash ^ byte, prime)
  return hash >>> 0
}

/** 32-bit FNV-1. NM-2.3 */
export function fnv132(data: string | Uint8Array, from = offsetBasis): number {
  let hash = from
  for (const byte of utf8(data)) hash = Math.imul(hash, prime) ^ byte
  return hash >>> 0
}

/** Each character to one of the safe alphabet. @source apimachinery/pkg/util/rand SafeEncodeString; NM-2.2 */
export function safeEncodeString(text: string): string {
  let encoded = ''
  for (let i = 0; i < text.length; i++) encoded += safeAlphabet[text.charCodeAt(i) % safeAlphabet.length]
  return encoded
}

/** JSON with sorted keys and without undefined: equal values give equal text. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).filter(([, item]) => item !== undefined)
  entries.sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`
}

/** The count as upstream adds it: 8 bytes, little-endian in the first four. */
function collisionBytes(count: number): Uint8Array {
  return new Uint8Array([count & 255, (count >>> 8) & 255, (count >>> 16) & 255, (count >>> 24) & 255, 0, 0, 0, 0])
}

const templateSums = new WeakMap<object, number>()

/**
 * The `pod-template-hash` and `controller-revision-hash` of a defaulted template: up to 10 characters of `456789bcdf`.
 * @source pkg/controller/controller_utils.go ComputeHash; NM-2.5
 */
export function templateHash(template: object, collisionCount?: number): string {
  let sum = templateSums.get(template)
  if (sum === undefined) {
    sum = fnv1a32(canonicalJson(template))
    templateSums.set(template, sum)
  }
  if (collisionCount !== undefined) sum = fnv1a32(collisionBytes(collisionCount), sum)
  return safeEncodeString(String(sum))
}

/**
 * The hash in the name of a StatefulSet's revision, over its data. @source pkg/controller/history HashControllerRevision; NM-2.7
 */
export function revisionHash(data: unknown, collisionCount?: number): string {
  const sum = fnv132(canonicalJson(data))
  return safeEncodeString(String(collisionCount === undefined ? sum : fnv132(String(collisionCount), sum)))
}
