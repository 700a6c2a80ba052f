import { templateGenerationAnnotation } from '#k8s/template-generation.ts'
import { readManifests } from '#kubectl/manifest.ts'
import type { LineOrigin } from '#protocol/live.ts'

type Path = readonly (string | number)[]
type Json = Readonly<Record<string, unknown>>

const isMap = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

const isEmptyMap = (value: unknown): boolean => isMap(value) && Object.keys(value).length === 0

/** What the API server writes into the metadata of an object that stays. */
export const metadataOfServer: readonly string[] = ['uid', 'resourceVersion', 'generation', 'creationTimestamp', 'managedFields', 'selfLink']
const serverFields = new Set([...metadataOfServer, 'deletionTimestamp', 'deletionGracePeriodSeconds'])
const controllerFields = new Set(['ownerReferences', 'generateName'])
const serverAnnotations = new Set(['kubectl.kubernetes.io/last-applied-configuration', templateGenerationAnnotation])

/** The item of a written list that a stored one comes from: told by name, by what a toleration is about, by its place else. */
function counterpart(written: readonly unknown[], item: unknown, at: number): unknown {
  if (!isMap(item)) return written.includes(item) ? item : undefined
  const same = (...fields: string[]) => written.find((one) => isMap(one) && fields.every((field) => one[field] === item[field]))
  if ('name' in item) return same('name')
  if ('effect' in item || 'tolerationSeconds' in item) return same('key', 'effect', 'operator')
  if ('containerPort' in item) return same('containerPort')
  return written[at]
}

/** Who sets a field that nobody wrote. */
function addedBy(path: Path, isMadePod: boolean): LineOrigin {
  const [first, second, third] = path
  if (first === 'status') return 'status'
  if (first === 'metadata') {
    if (second === 'managedFields') return 'managed'
    if (serverFields.has(String(second)) || (second === 'annotations' && serverAnnotations.has(String(third)))) return 'server'
    if (controllerFields.has(String(second)) || isMadePod) return second === 'name' || second === 'namespace' ? 'server' : 'controller'
    return second === 'namespace' ? 'default' : third === undefined ? 'server' : 'controller'
  }
  if (isMadePod && second === 'nodeName') return 'scheduler'
  if (isMadePod && (second === 'affinity' || second === 'tolerations')) return 'controller'
  return 'default'
}

/**
 * For every line of an object's YAML who it comes from. `written` = the part that somebody wrote; undefined when that is not known: then
 * all but bookkeeping and status counts as the user's. `isMadePod` = a controller made this pod from a template.
 * @source DS-7.5, DS-7.6, DS-7.7, DS-14.1, DS-14.2
 */
export function lineOrigins(text: string, written: unknown, isMadePod: boolean): LineOrigin[] {
  const [manifest] = readManifests(text, '').manifests
  const found = new Map<number, LineOrigin>()
  const walk = (path: Path, value: unknown, source: unknown): void => {
    // kubectl remembers `annotations: {}` of a manifest without any
    const isWritten = source !== undefined && !(isEmptyMap(source) && !isEmptyMap(value))
    const origin = isWritten ? 'user' : addedBy(path, isMadePod)
    const line = manifest?.lineOf(path) ?? 0
    // a map's first field shares the line of its item
    found.set(line, origin)
    if (isMap(value)) for (const key in value) walk([...path, key], value[key], isMap(source) ? source[key] : undefined)
    else if (Array.isArray(value))
      for (const [at, item] of value.entries()) walk([...path, at], item, Array.isArray(source) ? counterpart(source, item, at) : undefined)
    else if (isMadePod && source !== undefined && source !== value) found.set(line, addedBy(path, true))
  }
  const unknown = written === undefined
  for (const [key, value] of Object.entries(manifest?.value ?? {})) {
    const isOwn = key === 'apiVersion' || key === 'kind'
    const known = unknown && key === 'metadata' ? withoutBookkeeping(value) : unknown && key !== 'status' ? value : undefined
    walk([key], value, isOwn ? value : (known ?? (isMap(written) ? written[key] : undefined)))
  }
  let last: LineOrigin = 'user'
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((_, at) => {
      last = found.get(at + 1) ?? last
      return last
    })
}

function withoutBookkeeping(metadata: unknown): Json {
  return Object.fromEntries(Object.entries(isMap(metadata) ? metadata : {}).filter(([key]) => !serverFields.has(key) && !controllerFields.has(key)))
}
