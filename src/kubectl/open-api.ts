/**
 * OpenAPI documents of the modelled kinds, made from the schema tables: enough for kubectl's explain, apply, dry run and validation.
 * Of the paths there are only the patches, where clients look up `dryRun` and `fieldValidation`.
 */
import { apiVersionOf, type Resource, resources } from '#k8s/resources.ts'
import { structOf } from '#k8s/schema/index.ts'
import type { Field, FieldType, Scalar } from '#k8s/schema/notation.ts'
import { type KubernetesVersion, since, versions } from '#k8s/version.ts'
import { enumOf, fieldDocs } from './field-docs.ts'

export type Schema = Record<string, unknown>

/** How the two versions of OpenAPI point to a definition. */
export type RefPrefix = '#/definitions/' | '#/components/schemas/'

const machinery = 'io.k8s.apimachinery.pkg'

/** Scalars with a definition of their own. */
const defined: Partial<Record<Scalar, [name: string, schema: Schema, schemaV3?: Schema]>> = {
  quantity: [`${machinery}.api.resource.Quantity`, { type: 'string' }, { oneOf: [{ type: 'string' }, { type: 'number' }] }],
  intOrString: [
    `${machinery}.util.intstr.IntOrString`,
    { type: 'string', format: 'int-or-string' },
    { oneOf: [{ type: 'integer' }, { type: 'string' }], format: 'int-or-string' },
  ],
  time: [`${machinery}.apis.meta.v1.Time`, { type: 'string', format: 'date-time' }],
  microTime: [`${machinery}.apis.meta.v1.MicroTime`, { type: 'string', format: 'date-time' }],
}

const plain: Partial<Record<Scalar, Schema>> = {
  string: { type: 'string' },
  bool: { type: 'boolean' },
  int32: { type: 'integer', format: 'int32' },
  int64: { type: 'integer', format: 'int64' },
  any: { type: 'object' },
}

class Definitions {
  readonly found = new Map<string, Schema>()

  constructor(
    private readonly version: KubernetesVersion,
    private readonly prefix: RefPrefix,
  ) {}

  private ref(name: string): Schema {
    return { $ref: `${this.prefix}${name}` }
  }

  private typeSchema(type: FieldType): Schema {
    switch (type.shape) {
      case 'struct':
        this.struct(type.struct)
        return this.ref(structOf(type.struct).openApiName)
      case 'list':
        return { type: 'array', items: this.typeSchema(type.item) }
      case 'map':
        return { type: 'object', additionalProperties: this.typeSchema(type.value) }
      default: {
        const own = defined[type.scalar]
        if (!own) return plain[type.scalar] ?? {}
        const schema = (this.prefix === '#/definitions/' ? undefined : own[2]) ?? own[1]
        const about = fieldDocs()[own[0].split('.').at(-1) ?? '']?.['']
        this.found.set(own[0], about ? { ...schema, description: about } : schema)
        return this.ref(own[0])
      }
    }
  }

  private described(bare: Schema, description: string | undefined): Schema {
    if (!description) return bare
    const values = this.prefix === '#/definitions/' || bare.type !== 'string' ? [] : enumOf(description)
    const schema = values.length > 0 ? { ...bare, enum: values } : bare
    // beside a $ref nothing else counts in version 3
    return '$ref' in schema && this.prefix !== '#/definitions/' ? { allOf: [schema], description } : { ...schema, description }
  }

  private property({ type, mergeKey, retainKeys }: Field): Schema {
    const schema = this.typeSchema(type)
    const strategy = [...(retainKeys ? ['retainKeys'] : []), ...(mergeKey === undefined ? [] : ['merge'])].join(',')
    if (!strategy) return schema
    const extensions = { ...(mergeKey && { 'x-kubernetes-patch-merge-key': mergeKey }), 'x-kubernetes-patch-strategy': strategy }
    // beside a $ref nothing else counts in version 3
    return '$ref' in schema && this.prefix !== '#/definitions/' ? { allOf: [schema], ...extensions } : { ...schema, ...extensions }
  }

  struct(name: string, gvk?: Resource): void {
    const { fields, required, openApiName } = structOf(name)
    if (this.found.has(openApiName)) return
    const schema: Schema = { type: 'object' }
    this.found.set(openApiName, schema)
    const known = [...fields].filter(([, f]) => !f.since || versions.indexOf(f.since) <= versions.indexOf(this.version))
    const docs = fieldDocs()[name] ?? {}
    if (docs['']) schema.description = docs['']
    schema.properties = Object.fromEntries(known.map(([field, f]) => [field, this.described(this.property(f), docs[field])]))
    if (required.length > 0) schema.required = [...required]
    if (gvk) schema['x-kubernetes-group-version-kind'] = [gvkOf(gvk)]
  }
}

export const gvkOf = ({ group, version, kind }: Resource): Schema => ({ group, version, kind })

/** Schemas by their OpenAPI name of all structs that these resources use. */
export function definitionsOf(list: readonly Resource[], version: KubernetesVersion, prefix: RefPrefix): Map<string, Schema> {
  const definitions = new Definitions(version, prefix)
  for (const resource of list) definitions.struct(resource.kind, resource)
  return definitions.found
}

/** Query parameters of a patch, by which clients know what the server can do. */
export function patchParameters(version: KubernetesVersion): string[] {
  return ['dryRun', 'fieldManager', ...(since(version, 'serverSideFieldValidation') ? ['fieldValidation'] : []), 'force']
}

/** `/apis/apps/v1/namespaces/{namespace}/daemonsets/{name}` */
export function pathOf(resource: Resource): string {
  const root = resource.group ? `/apis/${apiVersionOf(resource)}` : `/api/${resource.version}`
  return `${root}/${resource.namespaced ? 'namespaces/{namespace}/' : ''}${resource.plural}/{name}`
}

const rootOf = (resource: Resource): string => (resource.group ? `apis/${apiVersionOf(resource)}` : `api/${resource.version}`)

const infoOf = (version: KubernetesVersion) => ({ title: 'Kubernetes', version: `v${version}.0` })

/** The patches of these resources; `textType` = how a parameter says that it is text. */
function pathsOf(list: readonly Resource[], version: KubernetesVersion, textType: object): object {
  const parameters = patchParameters(version).map((name) => ({ name, in: 'query', ...textType }))
  const patchOf = (r: Resource) => ({
    patch: { 'x-kubernetes-action': 'patch', 'x-kubernetes-group-version-kind': gvkOf(r), parameters, responses: { 200: { description: 'OK' } } },
  })
  return Object.fromEntries(list.map((r) => [pathOf(r), patchOf(r)]))
}

function openApiV3(list: readonly Resource[], version: KubernetesVersion): object {
  return {
    openapi: '3.0.0',
    info: infoOf(version),
    paths: pathsOf(list, version, { schema: { type: 'string', uniqueItems: true } }),
    components: { schemas: Object.fromEntries(definitionsOf(list, version, '#/components/schemas/')) },
  }
}

function openApiV2(version: KubernetesVersion): object {
  return {
    swagger: '2.0',
    info: infoOf(version),
    paths: pathsOf(resources, version, { type: 'string', uniqueItems: true }),
    definitions: Object.fromEntries(definitionsOf(resources, version, '#/definitions/')),
  }
}

/** `/openapi/v2`, `/openapi/v3` and the documents that names; undefined when there is none at this path. */
export function openApiAt(path: string, version: KubernetesVersion): object | undefined {
  if (path === '/openapi/v2') return openApiV2(version)
  if (path === '/openapi/v3') {
    const roots = [...new Set(resources.map(rootOf))].sort()
    return { paths: Object.fromEntries(roots.map((root) => [root, { serverRelativeURL: `/openapi/v3/${root}?hash=${version}` }])) }
  }
  const list = resources.filter((r) => path === `/openapi/v3/${rootOf(r)}`)
  return list.length > 0 ? openApiV3(list, version) : undefined
}
