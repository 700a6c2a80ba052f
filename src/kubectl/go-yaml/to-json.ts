import { GoMap, type GoValue } from './decode.ts'
import { formatFloat, goSyntax, isUnsigned } from './go-syntax.ts'
import type { GoScalar } from './resolve.ts'
import { YamlError } from './yaml-error.ts'

/** What JSON makes of a value: keys become texts. Throws YamlError for keys that cannot. @source sigs.k8s.io/yaml */
export function toJson(value: GoValue): unknown {
  if (Array.isArray(value)) return value.map(toJson)
  if (value instanceof GoMap) {
    const object: Record<string, unknown> = {}
    for (const [key, one] of value.entries) {
      const name = keyOf(key)
      if (name === undefined) throw unsupportedKey(key, one.value, one.line)
      const json = toJson(one.value)
      if (name === '__proto__') Object.defineProperty(object, name, { value: json, writable: true, enumerable: true, configurable: true })
      else object[name] = json
    }
    return object
  }
  return typeof value === 'bigint' ? Number(value) : value
}

const specialFloats: Record<string, string> = { '+Inf': '.inf', '-Inf': '-.inf', NaN: '.nan' }

/** The text a key becomes; undefined for one that cannot become any. */
export function keyOf(key: GoScalar): string | undefined {
  if (key === null || isUnsigned(key)) return undefined
  if (typeof key !== 'number') return String(key)
  const text = formatFloat(key, 32)
  return specialFloats[text] ?? text
}

function unsupportedKey(key: GoScalar, value: GoValue, line: number): YamlError {
  const [type, name] = key === null ? ['%!s(<nil>)', '<nil>'] : ['uint64', goSyntax(key)]
  const shown = value === null ? '<nil>' : goSyntax(value)
  return new YamlError(`unsupported map key of type: ${type}, key: ${name}, value: ${shown}`, line + 1)
}

/** The first number that JSON has not, with the words it is refused with. */
export function findInfinite(
  json: unknown,
  path: readonly (string | number)[] = [],
): { problem: string; path: readonly (string | number)[] } | undefined {
  if (typeof json === 'number') return Number.isFinite(json) ? undefined : { problem: `json: unsupported value: ${formatFloat(json, 64)}`, path }
  if (typeof json !== 'object' || json === null) return undefined
  const items = Array.isArray(json) ? [...json.entries()] : Object.entries(json).sort(([a], [b]) => (a < b ? -1 : 1))
  for (const [step, value] of items) {
    const found = findInfinite(value, [...path, step])
    if (found) return found
  }
  return undefined
}
