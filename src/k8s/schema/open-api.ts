/**
 * kubectl's own check of a manifest against the server's OpenAPI document, for servers that do not check fields themselves.
 * @source kube-openapi/pkg/util/proto/validation; DS-16.2
 */
import { findKind } from '../resources.ts'
import type { KubernetesVersion } from '../version.ts'
import { versions } from '../version.ts'
import { structOf } from './index.ts'
import type { FieldType, Scalar } from './notation.ts'

type Json = Record<string, unknown>

const expectedTypes: Record<Exclude<Scalar, 'any'>, string> = {
  string: 'string',
  bool: 'boolean',
  int32: 'integer',
  int64: 'integer',
  quantity: 'string',
  intOrString: 'string',
  time: 'string',
  microTime: 'string',
}

/** Scalars that are definitions of their own in the document, so that errors name the definition, not the field. */
const definitions: Partial<Record<Scalar, string>> = {
  quantity: 'io.k8s.apimachinery.pkg.api.resource.Quantity',
  intOrString: 'io.k8s.apimachinery.pkg.util.intstr.IntOrString',
  time: 'io.k8s.apimachinery.pkg.apis.meta.v1.Time',
  microTime: 'io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime',
}

class Validator {
  readonly errors: string[] = []

  constructor(private readonly version: KubernetesVersion) {}

  private add(path: string, text: string): void {
    this.errors.push(`ValidationError(${path}): ${text}`)
  }

  private wrongType(path: string, schemaPath: string, found: string, expected: string): void {
    this.add(path, `invalid type for ${schemaPath}: got "${found}", expected "${expected}"`)
  }

  private scalar(value: unknown, path: string, scalar: Scalar, fieldPath: string): void {
    if (scalar === 'any') return
    const expected = expectedTypes[scalar]
    const found = kindOf(value)
    if (found !== 'map' && found !== 'array' && (expected === 'string' || found === expected)) return
    // integers are told from fractions by the server
    if (found === 'number' && expected === 'integer') return
    this.wrongType(path, definitions[scalar] ?? fieldPath, found, expected)
  }

  value(value: unknown, path: string, type: FieldType, fieldPath: string): void {
    const found = kindOf(value)
    switch (type.shape) {
      case 'scalar':
        this.scalar(value, path, type.scalar, fieldPath)
        break
      case 'struct':
        if (found === 'map') this.struct(value as Json, path, type.struct)
        else this.wrongType(path, structOf(type.struct).openApiName, found, 'map')
        break
      case 'list':
        if (found === 'array') this.list(value as unknown[], path, type.item, fieldPath)
        else this.wrongType(path, fieldPath, found, 'array')
        break
      default:
        if (found !== 'map') this.wrongType(path, fieldPath, found, 'map')
        else
          for (const [key, item] of sortedEntries(value as Json)) {
            if (isNil(item)) this.errors.push(`unknown object type "nil" in ${path}.${key}`)
            else this.value(item, `${path}.${key}`, type.value, fieldPath)
          }
    }
  }

  private list(list: unknown[], path: string, type: FieldType, fieldPath: string): void {
    list.forEach((item, i) => {
      if (isNil(item)) this.add(path, `unknown object type "nil" in ${path}[${i}]`)
      else this.value(item, `${path}[${i}]`, type, fieldPath)
    })
  }

  struct(json: Json, path: string, name: string): void {
    const { fields, required, openApiName } = structOf(name)
    for (const [key, value] of sortedEntries(json)) {
      if (isNil(value)) continue
      const field = fields.get(key)
      const known = field && (!field.since || versions.indexOf(this.version) >= versions.indexOf(field.since))
      if (known) this.value(value, `${path}.${key}`, field.type, `${openApiName}.${key}`)
      else this.add(path, `unknown field "${key}" in ${openApiName}`)
    }
    for (const key of required) {
      if (isNil(json[key])) this.add(path, `missing required field "${key}" in ${openApiName}`)
    }
  }
}

const isNil = (value: unknown): value is null | undefined => value === null || value === undefined

const sortedEntries = (json: Json): [string, unknown][] => Object.entries(json).sort(([a], [b]) => (a < b ? -1 : 1))

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'object') return 'map'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  return typeof value
}

/** What is missing to know the kind at all. */
function envelopeErrors(object: Json): string[] {
  const errors: string[] = []
  for (const field of ['apiVersion', 'kind']) {
    const value = object[field]
    if (isNil(value)) errors.push(`${field} not set`)
    else if (typeof value !== 'string') errors.push(`${field} isn't string type`)
  }
  return errors
}

/**
 * Everything wrong with a manifest, in kubectl's words without the frame (`error validating data: …`); empty when it is fine or its
 * kind is not known. Several are shown as `[a, b]`.
 */
export function validateAgainstOpenApi(json: unknown, version: KubernetesVersion): string[] {
  if (kindOf(json) !== 'map' || json === null) return ['invalid object to validate']
  const object = json as Json
  const envelope = envelopeErrors(object)
  if (envelope.length) return envelope
  if (object.kind === 'List' && object.apiVersion === 'v1') {
    const items = object.items
    if (!Array.isArray(items)) return ['invalid object to validate']
    return items.flatMap((item) => validateAgainstOpenApi(item, version))
  }
  const resource = findKind(object.kind as string)
  if (!resource || object.apiVersion !== (resource.group ? `${resource.group}/${resource.version}` : resource.version)) return []
  const validator = new Validator(version)
  validator.struct(object, resource.kind, resource.kind)
  return validator.errors
}
