import { ApiError } from '#k8s/api-error.ts'
import { applyJsonPatch } from '#k8s/patch/json-patch.ts'
import { applyMergePatch } from '#k8s/patch/merge-patch.ts'
import { applyStrategicMergePatch } from '#k8s/patch/strategic-merge-patch.ts'
import type { KubeObject } from '#k8s/types.ts'
import type { PatchType } from '#protocol/api-client.ts'
import { CommandError } from '../error-text.ts'
import { marshalJson } from '../go-format.ts'
import { jsonPatchFailure } from './json-patch-words.ts'

/** The patch as it is sent, or what a JSON decoder says of it. */
export type PatchText = { body: unknown; wrong?: undefined } | { wrong: string }

/** What kubectl says of a patch that is no JSON, or no patch of its type, when it applies it itself. */
function localError(type: PatchType, patch: PatchText): string | undefined {
  const isBad = patch.wrong !== undefined
  const isObject = !isBad && typeof patch.body === 'object'
  if (type === 'json') return patch.wrong
  if (type === 'merge') return isBad || !isObject || patch.body === null ? 'Invalid JSON Patch' : undefined
  return isBad || !isObject || Array.isArray(patch.body) ? 'invalid JSON document' : undefined
}

/** The object after a patch that is applied here and not by the server. */
export function patchedLocally(object: KubeObject, type: PatchType, patch: unknown): KubeObject {
  if (type === 'json') {
    const failure = Array.isArray(patch) ? jsonPatchFailure(object, patch) : undefined
    if (failure !== undefined) throw new CommandError(failure)
    return applyJsonPatch(object, patch)
  }
  if (type === 'merge' && Array.isArray(patch)) throw new CommandError('json: cannot unmarshal array into Go value of type unstructured.detector\n')
  return type === 'merge' ? applyMergePatch(object, patch) : applyStrategicMergePatch(object.kind, object, patch)
}

/** What kubectl makes of an object with a patch that the server is not asked about; in its own words where the two do not fit. */
export function patchedByClient(object: KubeObject, type: PatchType, patch: PatchText): KubeObject {
  const wrong = localError(type, patch)
  if (wrong !== undefined) throw new CommandError(wrong)
  if (patch.wrong !== undefined || patch.body === null) return object
  try {
    const patched = patchedLocally(object, type, patch.body)
    if (!patched.kind) throw new CommandError(`Object 'Kind' is missing in '${marshalJson(patched)}'`)
    return patched
  } catch (error) {
    throw error instanceof ApiError ? new CommandError(error.message) : error
  }
}

/** How the result is named: by what it says of itself, even where the patch has changed that. */
export const ownResource = ({ kind, apiVersion = '' }: KubeObject): { kind: string; group: string } => ({
  kind,
  group: apiVersion.includes('/') ? (apiVersion.split('/')[0] as string) : '',
})
