import { applyJsonPatch } from '#k8s/patch/json-patch.ts'

interface Operation {
  op: string
  path: string
}

/** What holds the place of an operation; undefined where nothing is there. */
function parentOf(document: unknown, path: string): unknown {
  let value = document
  for (const segment of path.split('/').slice(1, -1)) {
    const key = segment.replaceAll('~1', '/').replaceAll('~0', '~')
    value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined
  }
  return value
}

/** Why one operation does not apply. */
function reasonOf(document: unknown, { op, path }: Operation): string {
  if (!['add', 'remove', 'replace', 'move', 'copy', 'test'].includes(op)) return `Unexpected kind: ${op}`
  const parent = parentOf(document, path)
  const last = path.split('/').at(-1) ?? ''
  if (parent === undefined || parent === null) {
    if (op === 'test') return `test operation does not apply: is missing path: ${path}: missing value`
    return `${op} operation does not apply: doc is missing path: ${op === 'replace' ? path : JSON.stringify(path)}: missing value`
  }
  if (op === 'test') return `testing value ${path} failed: test failed`
  if (op === 'replace') return `Object to be patched is missing field (${path}: missing value)`
  const why = !Array.isArray(parent)
    ? `Unable to remove nonexistent key: ${last}: missing value`
    : /^-?\d+$/.test(last)
      ? `Unable to access invalid index: ${last}: invalid index referenced`
      : `value was not a proper array index: '${last}': strconv.Atoi: parsing ${JSON.stringify(last)}: invalid syntax`
  return `error in ${op} for path: '${path}': ${why}`
}

/**
 * Why kubectl cannot apply a JSON patch itself, in the words of its library (the server does not tell); undefined when it can.
 * @source github.com/evanphx/json-patch
 */
export function jsonPatchFailure(document: unknown, patch: readonly unknown[]): string | undefined {
  let patched = document
  for (const operation of patch as readonly Operation[]) {
    try {
      patched = applyJsonPatch(patched, [operation])
    } catch {
      return reasonOf(patched, operation)
    }
  }
  return undefined
}
