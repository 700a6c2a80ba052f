import { ApiError, alreadyExists } from '#k8s/api-error.ts'
import { generateSuffix } from '#k8s/name.ts'
import { groupResource, resourceOf } from '#k8s/resources.ts'
import type { AnyObject, Kind } from '#k8s/types.ts'
import { since } from '#k8s/version.ts'
import { putHex, textOfCodes } from '#sim/hex.ts'
import { createRandom, next32 } from '#sim/random.ts'
import type { Core } from '../core.ts'
import { keyOf } from './tables.ts'

const uuidCodes = Array.from('00000000-0000-4000-8000-000000000000', (character) => character.charCodeAt(0))

/** Four numbers of 32 bits as a version-4 UUID. */
function uuid(a: number, b: number, c: number, d: number): string {
  putHex(uuidCodes, 0, 8, a)
  putHex(uuidCodes, 9, 4, b >>> 16)
  putHex(uuidCodes, 14, 4, (b & 0x0fff) | 0x4000)
  putHex(uuidCodes, 19, 4, (c & 0x3fff) | 0x8000)
  putHex(uuidCodes, 24, 4, c >>> 16)
  putHex(uuidCodes, 28, 8, d)
  return textOfCodes(uuidCodes)
}

/** A version-4 UUID from the cluster's seeded generator. */
export function createUid(core: Core): string {
  const state = core.randomState('uid')
  const a = next32(state)
  const b = next32(state)
  const c = next32(state)
  return uuid(a, b, c, next32(state))
}

/** The UUID of the n-th Event, unlike that of any other: Events take no part in the cluster's chance. */
export function eventUid(n: number): string {
  return uuid(Math.imul(n, 0x9e3779b1), Math.imul(n, 0x85ebca6b), Math.imul(n, 0xc2b2ae35), n)
}

/** The name a create gets: its own, or generateName + 5 characters (NM-1); a taken generated name is tried again from 1.31 on. */
export function createName(core: Core, kind: Kind, namespace: string | undefined, metadata: { name?: string; generateName?: string }): string {
  const table = core.state.tables[kind] as ReadonlyMap<string, AnyObject>
  const resource = groupResource(resourceOf(kind))
  if (metadata.name) {
    const taken = table.get(keyOf(namespace, metadata.name))
    if (taken) throw alreadyExists(resource, metadata.name, taken.metadata.deletionTimestamp !== undefined)
    return metadata.name
  }
  const random = createRandom(() => core.randomState('names'))
  const base = (metadata.generateName ?? '').slice(0, 58)
  const tries = since(core.version, 'retryGenerateName') ? 8 : 1
  let name = ''
  for (let i = 0; i < tries; i++) {
    name = base + generateSuffix((below) => random.int(below))
    if (!table.has(keyOf(namespace, name))) return name
  }
  throw new ApiError('AlreadyExists', `${resource} "${name}" already exists, the server was not able to generate a unique name for the object`)
}
