import { parse } from 'yaml'
import { bodyObject } from '#k8s/api/request-object.ts'
import { ApiError } from '#k8s/api-error.ts'
import { goJsonError } from '#kubectl/go-json-error.ts'
import { decodeKubernetes } from './protobuf/kubernetes.ts'
import type { ApiRequest } from './request.ts'

type Json = Record<string, unknown>

/** Media types of bodies that hold an object. */
const acceptedTypes = ['application/json', 'application/yaml', 'application/vnd.kubernetes.protobuf']

export function unsupportedType(accepted: readonly string[]): ApiError {
  const list = accepted.join(', ')
  return new ApiError('UnsupportedMediaType', `the body of the request was in an unknown format - accepted media types include: ${list}`)
}

/** JSON text as a value; BadRequest in Go's words when it is none. */
export function parseJson(text: string): unknown {
  const problem = goJsonError(text)
  if (problem) throw new ApiError('BadRequest', problem.message)
  return JSON.parse(text)
}

function parseYaml(text: string): unknown {
  try {
    return parse(text, { version: '1.1' })
  } catch (error) {
    throw new ApiError('BadRequest', `error converting YAML to JSON: ${(error as Error).message}`)
  }
}

/** The object in a body, `{}` when it is empty. Throws UnsupportedMediaType or BadRequest. */
export function objectOf({ body, contentType }: Pick<ApiRequest, 'body' | 'contentType'>): Json {
  if (body.length === 0) return {}
  const type = contentType || 'application/json'
  if (!acceptedTypes.includes(type)) throw unsupportedType(acceptedTypes)
  const text = body.toString('utf8')
  const value = type.endsWith('protobuf') ? decodeKubernetes(body) : type.endsWith('yaml') ? parseYaml(text) : parseJson(text)
  return bodyObject(value)
}
