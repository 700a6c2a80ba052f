import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { samples } from './gallery.ts'
import schema from './schema/kubernetes.json'

type Node = {
  $ref?: string
  type?: string | string[]
  properties?: Record<string, Node>
  items?: Node
  additionalProperties?: Node | false
  enum?: string[]
}
const definitions = schema.definitions as unknown as Record<string, Node>

/** Paths of fields that the schema does not know, or that hold what it does not allow. */
function strangers(value: unknown, given: Node, path: string): string[] {
  const rule = given.$ref ? (definitions[given.$ref.replace('#/definitions/', '')] as Node) : given
  if (Array.isArray(value)) return value.flatMap((item, at) => strangers(item, rule.items ?? {}, `${path}[${at}]`))
  if (value !== null && typeof value === 'object') {
    return Object.entries(value).flatMap(([key, inner]) => {
      const next = rule.properties?.[key] ?? rule.additionalProperties
      return next ? strangers(inner, next, `${path}.${key}`) : [`${path}.${key}`]
    })
  }
  const types = [rule.type ?? []].flat()
  const type = Number.isInteger(value) && !types.includes('number') ? 'integer' : typeof value
  const fits = (types.length === 0 || types.includes(type)) && (rule.enum?.includes(String(value)) ?? true)
  return fits ? [] : [`${path} = ${value}`]
}

it.each(samples.map((sample) => [sample.file, sample] as const))('%s is a manifest that the schema knows', (_, { text }) => {
  const object = parse(text, { version: '1.1' })
  const kind = Object.entries(definitions).find(([, { properties }]) => properties?.kind?.enum?.includes(object.kind))
  expect(strangers(object, kind?.[1] ?? {}, object.kind)).toEqual([])
  expect(object.spec.template.metadata.labels).toEqual(object.spec.selector.matchLabels)
})

it('gives each a file name of its own', () => {
  expect(new Set(samples.map((sample) => sample.file)).size).toBe(samples.length)
})
