/**
 * `/openapi/v2` as the protobuf message that kubectl asks for: it checks manifests against this when the server does not check them
 * itself (before 1.25), and looks here for kinds that version 3 does not have. Field numbers of gnostic's openapi_v2.Document.
 */
import { resources } from '#k8s/resources.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import { definitionsOf, gvkOf, patchParameters, pathOf, type Schema } from '#kubectl/open-api.ts'
import { field, message, repeated } from './protobuf/writer.ts'

/** The media type as clients ask for it, and as it may stand in a Content-Type (where `@` may not). */
export const openApiV2Types = {
  accept: 'application/com.github.proto-openapi.spec.v2@v1.0+protobuf',
  content: 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf',
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** A NamedAny: any value as YAML text, and JSON is YAML. */
const named = (name: string, value: unknown): Uint8Array => message(field(1, name), field(2, field(2, JSON.stringify(value))))

function namedSchemas(schemas: Iterable<[string, Schema]>): Uint8Array {
  return repeated(
    1,
    [...schemas].map(([name, schema]) => message(field(1, name), field(2, encodeSchema(schema)))),
  )
}

function encodeSchema(schema: Schema): Uint8Array {
  const { $ref, format, description, type, required, items, additionalProperties, properties } = schema
  const extensions = Object.entries(schema).filter(([key]) => key.startsWith('x-'))
  return message(
    field(1, text($ref)),
    field(2, text(format)),
    field(4, text(description)),
    repeated(19, (required as string[] | undefined) ?? []),
    additionalProperties ? field(21, field(1, encodeSchema(additionalProperties as Schema))) : message(),
    type ? field(22, field(1, text(type))) : message(),
    items ? field(23, field(1, encodeSchema(items as Schema))) : message(),
    properties ? field(25, namedSchemas(Object.entries(properties as Record<string, Schema>))) : message(),
    repeated(
      31,
      extensions.map(([name, value]) => named(name, value)),
    ),
  )
}

/** A query parameter of type string: ParametersItem → Parameter → NonBodyParameter → QueryParameterSubSchema. */
function queryParameter(name: string): Uint8Array {
  return field(1, field(2, field(3, message(field(2, 'query'), field(4, name), field(6, 'string')))))
}

/** The document of all modelled kinds. */
export function openApiV2(version: KubernetesVersion): Uint8Array {
  const parameters = patchParameters(version).map(queryParameter)
  const paths = resources.map((resource) => {
    const gvk = named('x-kubernetes-group-version-kind', gvkOf(resource))
    const patch = message(repeated(8, parameters), field(13, gvk), field(13, named('x-kubernetes-action', 'patch')))
    return message(field(1, pathOf(resource)), field(2, field(8, patch)))
  })
  return message(
    field(1, '2.0'),
    field(2, message(field(1, 'Kubernetes'), field(2, `v${version}.0`))),
    field(8, repeated(2, paths)),
    field(9, namedSchemas(definitionsOf(resources, version, '#/definitions/'))),
  )
}
