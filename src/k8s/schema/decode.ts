/**
 * JSON to API objects, as the API server reads it: type errors in Go's words, unknown fields listed and dropped, zero values left out.
 *
 * Not modelled: duplicate keys (gone before we see the object) and integers beyond 2^53.
 * @source sigs.k8s.io/json; DS-16.3, DS-16.4
 */

import { ApiError } from '../api-error.ts'
import { goTimeError } from '../go-time-error.ts'
import { canonicalQuantity, quantityError } from '../quantity.ts'
import { toInt64 } from '../requirement.ts'
import { apiVersionOf, findKind, resourceOf } from '../resources.ts'
import { templateGenerationAnnotation } from '../template-generation.ts'
import { parseTimestamp, toMicroTimestamp, toTimestamp } from '../time.ts'
import type { Kind, KubeObject } from '../types.ts'
import { type KubernetesVersion, since, versions } from '../version.ts'
import { convertError } from './convert-error.ts'
import { formatGo } from './go-format.ts'
import { structOf } from './index.ts'
import type { Field, FieldType, Scalar } from './notation.ts'

export interface Decoded {
  object: KubeObject
  /** Paths as strict decoding names them: `spec.template.spec.containers[0].imagee`. */
  unknownFields: string[]
}

type Json = Record<string, unknown>

/** Where the decoder is: Go's error names the innermost struct and the field path without indexes; strict errors carry indexes. */
interface Place {
  struct: string
  goPath: string
  path: string
}

interface Run {
  version: KubernetesVersion
  unknownFields: string[]
  /** The first type error wins; decoding goes on so that it is the only one reported. */
  error: string | undefined
}

const missing = Symbol('no value')

function jsonType(value: unknown): string {
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'boolean') return 'bool'
  return typeof value
}

function fail(run: Run, error: string): typeof missing {
  run.error ??= error
  return missing
}

function typeError(run: Run, place: Place, found: string, goType: string): typeof missing {
  const where = place.struct ? `Go struct field ${place.struct}.${place.goPath}` : 'Go value'
  return fail(run, `json: cannot unmarshal ${found} into ${where} of type ${goType}`)
}

const limits: Record<string, number> = { int32: 2 ** 31 - 1, int64: Number.MAX_SAFE_INTEGER }

function decodeInteger(run: Run, place: Place, value: unknown, goType: 'int32' | 'int64'): unknown {
  if (typeof value !== 'number') return typeError(run, place, jsonType(value), goType)
  const limit = limits[goType] as number
  if (!Number.isInteger(value) || value > limit || value < -limit - 1) return typeError(run, place, `number ${value}`, goType)
  return value
}

function decodeTime(run: Run, place: Place, value: unknown, micro: boolean): unknown {
  if (typeof value !== 'string') return typeError(run, place, jsonType(value), 'string')
  const error = goTimeError(value, micro ? '.000000' : '')
  if (error) return fail(run, error)
  const epochMs = parseTimestamp(value)
  return micro ? toMicroTimestamp(epochMs) : toTimestamp(epochMs)
}

function decodeScalar(run: Run, place: Place, value: unknown, scalar: Scalar, goType: string): unknown {
  switch (scalar) {
    case 'any':
      return value
    case 'string':
      return typeof value === 'string' ? value : typeError(run, place, jsonType(value), goType)
    case 'bool':
      return typeof value === 'boolean' ? value : typeError(run, place, jsonType(value), goType)
    case 'int32':
    case 'int64':
      return decodeInteger(run, place, value, scalar)
    case 'intOrString':
      return typeof value === 'string' ? value : decodeInteger(run, place, value, 'int32')
    case 'quantity': {
      const text = typeof value === 'string' ? value.trim() : JSON.stringify(value)
      const error = quantityError(text)
      return error ? fail(run, error) : canonicalQuantity(text)
    }
    default:
      return decodeTime(run, place, value, scalar === 'microTime')
  }
}

function decodeList(run: Run, place: Place, value: unknown, type: FieldType & { shape: 'list' }): unknown {
  if (!Array.isArray(value)) return typeError(run, place, jsonType(value), type.goType)
  return value.map((item, i) => {
    const decoded = decodeValue(run, { ...place, path: `${place.path}[${i}]` }, item, type.item)
    return decoded === missing ? zeroIn(run, place, type.item) : decoded
  })
}

function decodeMap(run: Run, place: Place, value: unknown, type: FieldType & { shape: 'map' }): unknown {
  if (jsonType(value) !== 'object') return typeError(run, place, jsonType(value), type.goType)
  const result: Json = {}
  for (const key of Object.keys(value as Json).sort()) {
    const decoded = decodeValue(run, { ...place, path: `${place.path}.${key}` }, (value as Json)[key], type.value)
    result[key] = decoded === missing ? zeroIn(run, place, type.value) : decoded
  }
  return result
}

/** What Go leaves where JSON says null inside a list or a map. */
function zeroOf(type: FieldType): unknown {
  if (type.shape !== 'scalar') return type.shape === 'list' ? [] : {}
  if (type.scalar === 'string') return ''
  if (type.scalar === 'quantity') return '0'
  return type.scalar === 'bool' ? false : type.scalar === 'any' ? null : 0
}

/** As `zeroOf`, with the fields that a struct always has. */
const zeroIn = (run: Run, place: Place, type: FieldType): unknown =>
  type.shape === 'struct' ? decodeStruct(run, place, {}, type.struct) : zeroOf(type)

function decodeValue(run: Run, place: Place, value: unknown, type: FieldType): unknown {
  if (value === null || value === undefined) return missing
  switch (type.shape) {
    case 'scalar':
      return decodeScalar(run, place, value, type.scalar, type.goType)
    case 'list':
      return decodeList(run, place, value, type)
    case 'map':
      return decodeMap(run, place, value, type)
    default:
      return jsonType(value) === 'object' ? decodeStruct(run, place, value as Json, type.struct) : typeError(run, place, jsonType(value), type.goType)
  }
}

/** Whether JSON leaves the value out (`omitempty`). */
function isOmitted(field: Field, value: unknown): boolean {
  if (value === missing) return true
  if (Array.isArray(value)) return !field.keepEmpty && value.length === 0
  if (field.type.shape === 'map') return !field.keepEmpty && Object.keys(value as Json).length === 0
  if (field.pointer || field.required) return false
  return value === '' || value === 0 || value === false
}

/** Whether Go writes the field's zero value: a value that JSON does not leave out. Times, lists and maps are null then. */
function isAlwaysThere({ pointer, type }: Field): boolean {
  if (pointer) return false
  return type.shape === 'struct' || (type.shape === 'scalar' && !['any', 'time', 'microTime', 'quantity'].includes(type.scalar))
}

function isKnown(run: Run, field: Field | undefined): field is Field {
  return field !== undefined && (field.since === undefined || versions.indexOf(run.version) >= versions.indexOf(field.since))
}

/** A time that is a value, not a pointer, shows as null when it has none; creationTimestamp no longer does. */
function isNullTime(run: Run, name: string, field: Field, value: unknown): boolean {
  if (value !== null || field.type.shape !== 'scalar' || field.pointer) return false
  if (field.type.scalar !== 'time' && field.type.scalar !== 'microTime') return false
  return name !== 'creationTimestamp' || !since(run.version, 'creationTimestampOmitted')
}

function decodeStruct(run: Run, place: Place, json: Json, name: string): Json {
  const struct = structOf(name)
  const result: Json = {}
  for (const key of Object.keys(json).sort()) {
    const field = struct.fields.get(key)
    const path = place.path ? `${place.path}.${key}` : key
    if (!isKnown(run, field)) {
      run.unknownFields.push(path)
      continue
    }
    const inner = { struct: name, goPath: place.goPath ? `${place.goPath}.${key}` : key, path }
    const value = decodeValue(run, inner, json[key], field.type)
    if (isNullTime(run, key, field, json[key]) || value === null) result[key] = null
    else if (!isOmitted(field, value)) result[key] = value
  }
  for (const key of struct.required) {
    const field = struct.fields.get(key)
    if (result[key] === undefined && isKnown(run, field) && isAlwaysThere(field)) result[key] = zeroIn(run, place, field.type)
  }
  for (const key of struct.times) if (result[key] === undefined) result[key] = null
  return result
}

/** The template generation is a number inside the API server, an annotation outside (DS-14.5). */
function checkTemplateGeneration(state: Run, json: unknown): void {
  const { metadata } = json as { metadata?: { annotations?: Record<string, unknown> } }
  const text = metadata?.annotations?.[templateGenerationAnnotation]
  if (typeof text !== 'string' || toInt64(text) !== undefined) return
  const why = /^[+-]?\d+$/.test(text) ? 'value out of range' : 'invalid syntax'
  fail(state, `strconv.ParseInt: parsing ${JSON.stringify(text)}: ${why}`)
}

function run(kind: Kind, json: unknown, version: KubernetesVersion): Run & { object: unknown } {
  const state: Run = { version, unknownFields: [], error: undefined }
  const type: FieldType = { shape: 'struct', struct: kind, goType: `v1.${kind}` }
  const object = decodeValue(state, { struct: '', goPath: '', path: '' }, json, type)
  if (kind === 'DaemonSet') checkTemplateGeneration(state, json ?? {})
  return { ...state, object: object === missing ? {} : object }
}

/** A sent manifest. Throws BadRequest when a value has the wrong type. */
export function decode(kind: Kind, json: unknown, version: KubernetesVersion): Decoded {
  const { object, unknownFields, error } = run(kind, json, version)
  if (error) throw new ApiError('BadRequest', `${kind} in version "v1" cannot be handled as a ${kind}: ${error}`)
  return { object: object as KubeObject, unknownFields }
}

/** An object as kubectl holds it in a Go struct, without what the struct has not; `error` = which value has the wrong type. */
export function decodeInClient(kind: Kind, json: unknown, version: KubernetesVersion): { object: KubeObject; error: string | undefined } {
  const { object, error } = run(kind, json, version)
  return { object: object as KubeObject, error }
}

/** How the answer to a patch names what it made, and what is wrong with that. */
export const requestInvalid = (value: string, why: string): ApiError =>
  new ApiError('Invalid', ` "" is invalid: patch: Invalid value: ${JSON.stringify(value)}: ${why}`, {
    causes: [{ reason: 'FieldValueInvalid', field: 'patch', message: `Invalid value: ${JSON.stringify(value)}: ${why}` }],
  })

/** A patched object says itself what it is; what a strategic patch says of that counts for nothing. @source apimachinery/pkg/runtime/codec.go DecodeInto */
function otherKindError(kind: Kind, patched: Partial<KubeObject> | null): string | undefined {
  const resource = resourceOf(kind)
  const { apiVersion, kind: name } = { apiVersion: patched?.apiVersion || apiVersionOf(resource), kind: patched?.kind || kind }
  const other = findKind(name)
  const group = resource.group.split('.')[0] || 'core'
  const convert = `converting (v1.${name}) to (${group}.${kind}): unknown conversion`
  // a ConfigMap, say, which a real API server knows
  if (!other && apiVersion === 'v1' && /^[A-Z]/.test(name)) return convert
  if (!other || apiVersion !== apiVersionOf(other))
    return `no kind "${name}" is registered for version "${apiVersion}" in scheme "pkg/api/legacyscheme/scheme.go:30"`
  return other === resource ? undefined : convert
}

/** What the API says of an object that was sent as one of this kind and says to be another; undefined when it is none other. @source transformDecodeError */
export function otherKindRefusal(kind: Kind, sent: Partial<KubeObject>): ApiError | undefined {
  const why = otherKindError(kind, sent)
  const version = (sent.apiVersion || apiVersionOf(resourceOf(kind))).replace(/^.*\//, '')
  return why === undefined
    ? undefined
    : new ApiError('BadRequest', `${sent.kind || kind} in version "${version}" cannot be handled as a ${kind}: ${why}`)
}

/**
 * The result of a patch. Throws Invalid (`The request is invalid: patch: Invalid value: …`) when a value has the wrong type; strategic
 * patches show the patch as a Go map and the converter's words, the others the patched object and the decoder's.
 * @source apiserver/pkg/endpoints/handlers/patch.go
 */
export function decodePatched(
  kind: Kind,
  patched: unknown,
  version: KubernetesVersion,
  patch: { type: 'json' | 'merge' | 'strategic'; body: unknown },
): Decoded {
  const otherKind = patch.type === 'strategic' ? undefined : otherKindError(kind, patched as Partial<KubeObject> | null)
  if (otherKind) throw requestInvalid(JSON.stringify(patched), otherKind)
  const { object, unknownFields, error } = run(kind, patched, version)
  if (error && patch.type === 'strategic') {
    const why = convertError(kind, patched) ?? error
    // the converter has no words of its own for the template generation
    throw why.startsWith('strconv.') ? new ApiError('Unknown', why) : requestInvalid(formatGo(patch.body), why)
  }
  if (error) throw requestInvalid(JSON.stringify(patched), error)
  return { object: object as KubeObject, unknownFields }
}

/** The answer to a patch with unknown fields under strict validation (DS-16.3). */
export function strictPatchError(unknownFields: readonly string[], patch: unknown): ApiError {
  const list = unknownFields.map((field) => `unknown field "${field}"`).join(', ')
  return requestInvalid(formatGo(patch), `strict decoding error: ${list}`)
}
