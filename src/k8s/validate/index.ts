import type { StatusCause } from '../api-error.ts'
import type { AnyObject } from '../types.ts'
import type { KubernetesVersion } from '../version.ts'

// placeholder until the validation room is furnished
export function validateCreate(_object: AnyObject, _version: KubernetesVersion): StatusCause[] {
  return []
}

export function validateUpdate(_object: AnyObject, _old: AnyObject, _version: KubernetesVersion): StatusCause[] {
  return []
}
