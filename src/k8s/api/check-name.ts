import { ApiError } from '../api-error.ts'
import type { KubeObject } from '../types.ts'

/** Throws BadRequest when an object is sent to the path of another. @source apiserver/pkg/endpoints/handlers/rest.go checkName */
export function checkName({ metadata }: KubeObject, name: string, namespace?: string): void {
  const own = metadata ?? {}
  const refuse = (what: string, is: string, place: string, asked: string): ApiError =>
    new ApiError('BadRequest', `the ${what} of the object (${is}) does not match the ${what} on the ${place} (${asked})`)
  if (!own.name) throw new ApiError('BadRequest', `the name of the object (${name} based on URL) was undeterminable: name must be provided`)
  if (own.name !== name) throw refuse('name', own.name, 'URL', name)
  if (namespace && own.namespace && own.namespace !== namespace) throw refuse('namespace', own.namespace, 'request', namespace)
}
