import { ApiError } from '#k8s/api-error.ts'
import type { ApiClient, ObjectRef } from '#protocol/api-client.ts'

/** Whether an object is there (and, when a uid is given, still the same). */
export function exists(client: ApiClient, ref: ObjectRef, uid?: string): boolean {
  try {
    const { metadata } = client.get(ref)
    return uid === undefined || metadata.uid === uid
  } catch (error) {
    if (error instanceof ApiError && error.reason === 'NotFound') return false
    throw error
  }
}
