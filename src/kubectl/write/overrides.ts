import { ApiError } from '#k8s/api-error.ts'
import { applyJsonPatch } from '#k8s/patch/json-patch.ts'
import { applyMergePatch } from '#k8s/patch/merge-patch.ts'
import { applyStrategicMergePatch } from '#k8s/patch/strategic-merge-patch.ts'
import { decodeInClient } from '#k8s/schema/decode.ts'
import type { Kind, KubeObject } from '#k8s/types.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import type { Flag, KubectlContext, Parsed } from '../command.ts'
import { CommandError } from '../error-text.ts'
import { goJsonError } from '../go-json-error.ts'
import { asGoStruct } from './go-struct.ts'
import { jsonPatchFailure } from './json-patch-words.ts'

export const overrideFlags: readonly Flag[] = [
  { name: 'overrides', kind: 'string', usage: 'JSON to change the object by' },
  { name: 'override-type', kind: 'string', default: 'merge', usage: 'merge, strategic or json' },
]

const noMap = `couldn't get version/kind; json parse error: json: cannot unmarshal array into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }`

function patched(object: KubeObject, text: string, type: string): unknown {
  if (type !== 'merge' && type !== 'strategic' && type !== 'json') throw new CommandError(`invalid override type: ${type}`)
  const problem = goJsonError(text)
  if (problem) throw new CommandError(type === 'merge' ? 'Invalid JSON Patch' : type === 'strategic' ? 'invalid JSON document' : problem.message)
  const patch: unknown = JSON.parse(text)
  if (type === 'strategic') return applyStrategicMergePatch(object.kind as Kind, object, patch)
  if (type === 'merge') return Array.isArray(patch) ? patch : applyMergePatch(object, patch)
  const failure = Array.isArray(patch) ? jsonPatchFailure(object, patch) : undefined
  if (failure !== undefined) throw new CommandError(failure)
  try {
    return applyJsonPatch(object, patch)
  } catch (error) {
    throw error instanceof ApiError ? new CommandError(error.message) : error
  }
}

/**
 * The object that kubectl has made, changed by --overrides, as its Go struct then holds it.
 * @source kubectl/pkg/cmd/util/override_options.go
 */
export function overridden<T extends KubeObject>({ client }: KubectlContext, args: Parsed, object: T): T {
  const text = args.string('overrides')
  if (!text) return object
  const changed = patched(object, text, args.string('override-type'))
  if (Array.isArray(changed)) throw new CommandError(noMap)
  const { object: held, error } = decodeInClient(
    object.kind as Kind,
    { ...(changed as object), kind: object.kind },
    client.version as KubernetesVersion,
  )
  if (error) throw new CommandError(error)
  return asGoStruct(held, client) as T
}
