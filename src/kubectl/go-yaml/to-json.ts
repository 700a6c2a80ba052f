import { GoMap, type GoValue } from './decode.ts'
import { formatFloat, goSyntax, isUnsigned } from './go-syntax.ts'
import type { GoScalar } from './resolve.ts'
import { YamlError } from './yaml-error.ts'

/** What JSON makes of a value: keys become texts. Throws YamlError for what JSON has not. @source sigs.k8s.io/yaml */
export function toJson(value: GoValue): unknown {
  const json = convert(value)
  refuseInfinite(json)
  return json
}

function convert(value: GoValue): unknown {
  if (Array.isArray(value)) return value.map(convert)
  if (value instanceof GoMap) {
    const object: Record<string, unknown> = {}
    for (const [key, one] of value.entries) {
      const name = keyOf(key)
      if (name === undefined) throw unsupportedKey(key, one.value, one.line)
      const json = convert(one.value)
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

function refuseInfinite(json: unknown): void {
  if (typeof json === 'number' && !Number.isFinite(json)) throw new YamlError(`json: unsupported value: ${formatFloat(json, 64)}`, 1)
  if (Array.isArray(json)) json.forEach(refuseInfinite)
  else if (typeof json === 'object' && json !== null)
    for (const name of Object.keys(json).sort()) refuseInfinite((json as Record<string, unknown>)[name])
}
