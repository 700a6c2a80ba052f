import { PatchError } from '#k8s/patch/diff.ts'
import type { JsonObject } from '#k8s/patch/json.ts'
import { createThreeWayMergePatch } from '#k8s/patch/three-way.ts'
import type { AnyObject, KubeObject } from '#k8s/types.ts'
import type { ApiClient } from '#protocol/api-client.ts'
import { CommandError } from '../error-text.ts'
import { wholeObject } from '../field-owners.ts'
import { marshalJson } from '../go-format.ts'
import { lastAppliedOf } from './last-applied.ts'

/** The patch that brings the object to what the manifest says. Throws PatchError where a merged list has items that cannot be merged. */
export function createPatch(kind: string, modified: KubeObject, current: AnyObject): JsonObject {
  const original = lastAppliedOf(current)
  return createThreeWayMergePatch(
    kind,
    original === undefined ? undefined : (JSON.parse(original) as JsonObject),
    modified as unknown as JsonObject,
    current as unknown as JsonObject,
  )
}

/**
 * A PatchError as kubectl tells it, with all three states of the object; any other error is thrown on. Needs the field owners.
 * @source kubectl/pkg/cmd/apply/patcher.go createPatchErrFormat
 */
export function patchFailure(client: ApiClient, error: unknown, modified: KubeObject, current: AnyObject): CommandError {
  if (!(error instanceof PatchError)) throw error
  const states = `original:\n${lastAppliedOf(current) ?? ''}\nmodified:\n${marshalJson(modified)}\n\ncurrent:\n${marshalJson(wholeObject(client, current))}\n`
  return new CommandError(`creating patch with:\n${states}\nfor: ${error.message}`)
}
