import { ApiError } from '#k8s/api-error.ts'
import { applyJsonPatch } from '#k8s/patch/json-patch.ts'
import { applyMergePatch } from '#k8s/patch/merge-patch.ts'
import { applyStrategicMergePatch } from '#k8s/patch/strategic-merge-patch.ts'
import { apiVersionOf, findKind } from '#k8s/resources.ts'
import { decodeInClient } from '#k8s/schema/decode.ts'
import { sortedKeys } from '#k8s/schema/go-format.ts'
import type { Kind, KubeObject } from '#k8s/types.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import type { Flag, KubectlContext, Parsed } from '../command.ts'
import { CommandError } from '../error-text.ts'
import { escapeHtml } from '../go-format.ts'
import { goJsonError } from '../go-json-error.ts'
import { inStructOrder } from '../output/typed-json.ts'
import { asGoStruct } from './go-struct.ts'
import { jsonPatchFailure } from './json-patch-words.ts'
import { nullTimestamp } from './null-timestamp.ts'
import { isUnmodelled } from './unmodelled.ts'

export const overrideFlags: readonly Flag[] = [
  { name: 'overrides', kind: 'string', usage: 'JSON to change the object by' },
  { name: 'override-type', kind: 'string', default: 'merge', usage: 'merge, strategic or json' },
]

/** As it was sent to be read: merged, so the names of its fields are in order, but not of those inside. */
function printMerged(changed: Record<string, unknown>, { kind }: KubeObject): string {
  const inside = inStructOrder({ ...changed, kind }) as Record<string, unknown>
  const entries = sortedKeys(changed).map((key) => [key, key === 'kind' ? changed.kind : inside[key]])
  return escapeHtml(JSON.stringify(Object.fromEntries(entries)))
}

const noMap = `couldn't get version/kind; json parse error: json: cannot unmarshal array into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }`

function patched(object: KubeObject, text: string, type: string): unknown {
  if (type !== 'merge' && type !== 'strategic' && type !== 'json') throw new CommandError(`invalid override type: ${type}`)
  const noPatch = new CommandError(type === 'merge' ? 'Invalid JSON Patch' : 'invalid JSON document')
  const problem = goJsonError(text)
  if (problem) throw type === 'json' ? new CommandError(problem.message) : noPatch
  const patch: unknown = JSON.parse(text)
  if (type !== 'json' && (typeof patch !== 'object' || (type === 'strategic' ? Array.isArray(patch) : patch === null))) throw noPatch
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

/** The kind that a changed object has. Throws where it says none, or one that kubectl does not know. */
function kindOf(changed: unknown, before: KubeObject): Kind {
  const { apiVersion, kind } = changed as Partial<KubeObject>
  const missing = !kind ? 'Kind' : apiVersion ? undefined : 'apiVersion'
  if (missing) throw new CommandError(`Object '${missing}' is missing in '${printMerged(changed as Record<string, unknown>, before)}'`)
  const resource = findKind(String(kind))
  if (resource && apiVersionOf(resource) === apiVersion) return resource.kind
  if (isUnmodelled(String(apiVersion), String(kind)))
    throw new CommandError(`the playground does not simulate ${kind} objects, so --overrides cannot make one`)
  throw new CommandError(
    `no kind ${JSON.stringify(kind)} is registered for version ${JSON.stringify(apiVersion)} in scheme "pkg/scheme/scheme.go:28"`,
  )
}

/**
 * The object that kubectl has made, changed by --overrides, as its Go struct then holds it; they may make another kind of it.
 * @source kubectl/pkg/cmd/util/override_options.go
 */
export function overridden({ client }: KubectlContext, args: Parsed, object: KubeObject): KubeObject {
  const text = args.string('overrides')
  if (!text) return object
  const whole = { ...object, metadata: { ...nullTimestamp(client), ...object.metadata } }
  const changed = patched(whole as KubeObject, text, args.string('override-type'))
  if (Array.isArray(changed)) throw new CommandError(noMap)
  const { object: held, error } = decodeInClient(kindOf(changed, object), changed, client.version as KubernetesVersion)
  if (error) throw new CommandError(error)
  return asGoStruct(held, client)
}
