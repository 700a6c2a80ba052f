import { PatchError } from '#k8s/patch/diff.ts'
import type { JsonObject } from '#k8s/patch/json.ts'
import { createThreeWayMergePatch } from '#k8s/patch/three-way.ts'
import type { AnyObject, KubeObject } from '#k8s/types.ts'
import type { ApiClient } from '#protocol/api-client.ts'
import { wholeObject } from '../commands/raw-path.ts'
import { CommandError } from '../error-text.ts'
import { marshalJson } from '../go-format.ts'
import { lastAppliedAnnotation } from './last-applied.ts'

const lastApplied = ({ metadata }: AnyObject): string | undefined => metadata.annotations?.[lastAppliedAnnotation]

/** The patch that brings the object to what the manifest says. Throws PatchError where a merged list has items that cannot be merged. */
export function createPatch(kind: string, modified: KubeObject, current: AnyObject): JsonObject {
  const original = lastApplied(current)
  return createThreeWayMergePatch(
    kind,
    original === undefined ? undefined : (JSON.parse(original) as JsonObject),
    modified as unknown as JsonObject,
    current as unknown as JsonObject,
  )
}

/**
 * The error of `createPatch` as kubectl tells it, with all three states of the object; any other as it is. Needs the field owners.
 * @source kubectl/pkg/cmd/apply/patcher.go createPatchErrFormat
 */
export function patchFailure(client: ApiClient, error: unknown, modified: KubeObject, current: AnyObject): unknown {
  if (!(error instanceof PatchError)) return error
  const states = `original:\n${lastApplied(current) ?? ''}\nmodified:\n${marshalJson(modified)}\n\ncurrent:\n${marshalJson(wholeObject(client, current))}\n`
  return new CommandError(`creating patch with:\n${states}\nfor: ${error.message}`)
}
