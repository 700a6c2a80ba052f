import { parse } from 'yaml'
import { ApiError } from '#k8s/api-error.ts'
import { decodeKubernetes } from './protobuf/kubernetes.ts'
import type { ApiRequest } from './request.ts'

type Json = Record<string, unknown>

/** Media types of bodies that hold an object. */
const acceptedTypes = ['application/json', 'application/yaml', 'application/vnd.kubernetes.protobuf']

export function unsupportedType(accepted: readonly string[]): ApiError {
  const list = accepted.join(', ')
  return new ApiError('UnsupportedMediaType', `the body of the request was in an unknown format - accepted media types include: ${list}`)
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

/** JSON or YAML text as a value; BadRequest when it is neither. */
export function parseText(text: string, contentType: string): unknown {
  try {
    return contentType.endsWith('yaml') ? parse(text, { version: '1.1' }) : JSON.parse(text)
  } catch (error) {
    throw new ApiError('BadRequest', `the object provided is unrecognized (must be of type ${contentType}): ${(error as Error).message}`)
  }
}

/** The object in a body, `{}` when it is empty. Throws UnsupportedMediaType or BadRequest. */
export function objectOf({ body, contentType }: Pick<ApiRequest, 'body' | 'contentType'>): Json {
  if (body.length === 0) return {}
  const type = contentType || 'application/json'
  if (!acceptedTypes.includes(type)) throw unsupportedType(acceptedTypes)
  const value = type.endsWith('protobuf') ? decodeKubernetes(body) : parseText(body.toString('utf8'), type)
  if (!isObject(value)) throw new ApiError('BadRequest', 'the object provided is unrecognized: it is not a map')
  return value
}
