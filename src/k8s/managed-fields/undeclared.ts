import { isObject } from '../patch/json.ts'
import { type FieldPath, pathText } from './field-set.ts'
import { type Shape, shapeOfStruct } from './shape.ts'

function collect(value: unknown, shape: Shape, path: FieldPath): FieldPath[] {
  if (shape.kind === 'list') return (Array.isArray(value) ? value : []).flatMap((item) => collect(item, shape.item, [...path, shape.elementOf(item)]))
  if (shape.kind === 'leaf' || !isObject(value)) return []
  return Object.entries(value).flatMap(([key, field]) => {
    const below = [...path, `f:${key}`]
    return shape.isStruct && !shape.isNamed(key) ? [below] : collect(field, shape.shapeOf(key, field), below)
  })
}

/**
 * What is wrong with an applied configuration that has fields nobody knows, in the server's words; undefined when it has none.
 * @source structured-merge-diff/typed ValidationErrors
 */
export function undeclaredFields(config: { kind: string }): string | undefined {
  const errors = collect(config, shapeOfStruct(config.kind), []).map((path) => `${pathText(path)}: field not declared in schema`)
  return errors.length < 2 ? errors[0] : ['errors:', ...errors.map((e) => `  ${e}`)].join('\n')
}
