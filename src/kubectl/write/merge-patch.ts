import { PatchError } from '#k8s/patch/diff.ts'
import { isObject, type JsonObject, parsedJson } from '#k8s/patch/json.ts'
import { changesSince, conflictsWith, createThreeWayMergePatch } from '#k8s/patch/three-way.ts'
import type { AnyObject, KubeObject } from '#k8s/types.ts'
import type { ApiClient } from '#protocol/api-client.ts'
import { CommandError } from '../error-text.ts'
import { wholeObject } from '../field-owners.ts'
import { marshalJson } from '../go-format.ts'
import { toYaml } from '../output/yaml.ts'
import { lastAppliedOf } from './last-applied.ts'

/** Somebody else has changed what the patch changes. */
class PatchConflict extends PatchError {
  readonly patch: JsonObject
  constructor(patch: JsonObject) {
    super('')
    this.patch = patch
  }
}

function originalOf(current: AnyObject): JsonObject | undefined {
  const text = lastAppliedOf(current)
  if (!text) return undefined
  const original = parsedJson(text)
  if (original === null) return undefined
  if (!isObject(original)) throw new PatchError('invalid JSON document')
  return original
}

/**
 * The patch that brings the object to what the manifest says. Throws PatchError where a merged list has items that cannot be merged, where
 * what was applied last is no JSON, and without `overwrites` where it changes what somebody else has changed.
 */
export function createPatch(kind: string, modified: KubeObject, current: AnyObject, overwrites = true): JsonObject {
  const [original, now] = [originalOf(current), current as unknown as JsonObject]
  const patch = createThreeWayMergePatch(kind, original, modified as unknown as JsonObject, now)
  if (!overwrites && conflictsWith(kind, patch, changesSince(kind, original, now))) throw new PatchConflict(patch)
  return patch
}

/** @source apimachinery/pkg/util/mergepatch NewErrConflict */
function conflictText({ patch }: PatchConflict, current: KubeObject): string {
  const changes = changesSince(current.kind, originalOf(current as AnyObject), current as unknown as JsonObject)
  return `patch:\n${toYaml(patch)}\nconflicts with changes made from original to current:\n${toYaml(changes)}\n`
}

/**
 * A PatchError as kubectl tells it, with all three states of the object; any other error is thrown on. Needs the field owners.
 * @source kubectl/pkg/cmd/apply/patcher.go createPatchErrFormat
 */
export function patchFailure(client: ApiClient, error: unknown, modified: KubeObject, current: AnyObject): CommandError {
  if (!(error instanceof PatchError)) throw error
  const whole = wholeObject(client, current)
  const states = `original:\n${lastAppliedOf(current) ?? ''}\nmodified:\n${marshalJson(modified)}\n\ncurrent:\n${marshalJson(whole)}\n`
  return new CommandError(`creating patch with:\n${states}\nfor: ${error instanceof PatchConflict ? conflictText(error, whole) : error.message}`)
}
