import { ApiError } from '#k8s/api-error.ts'
import { applyJsonPatch } from '#k8s/patch/json-patch.ts'
import { applyMergePatch } from '#k8s/patch/merge-patch.ts'
import { applyStrategicMergePatch } from '#k8s/patch/strategic-merge-patch.ts'
import type { KubeObject } from '#k8s/types.ts'
import type { PatchType } from '#protocol/api-client.ts'

/** The object that a patch makes of another; not decoded and not validated. Throws ApiError when it does not apply. */
export function applyPatch<T extends KubeObject>(target: T, type: Exclude<PatchType, 'apply'>, patch: unknown, kind: string): T {
  if (type === 'json') return applyJsonPatch(target, patch)
  if (type === 'merge') {
    if (patch === null) throw new ApiError('BadRequest', 'Invalid JSON Patch')
    return applyMergePatch(target, patch)
  }
  return applyStrategicMergePatch(kind, target, patch)
}
