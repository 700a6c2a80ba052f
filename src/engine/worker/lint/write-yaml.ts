import { yamlText } from '#k8s/yaml-text.ts'

/** What a fix writes. */
export type Written = string | number | boolean | null | readonly Written[] | { readonly [field: string]: Written }

export type WrittenFields = Readonly<Record<string, Written>>

const isList = (value: Written): value is readonly Written[] => Array.isArray(value)
const isFields = (value: Written): value is WrittenFields => typeof value === 'object' && value !== null && !Array.isArray(value)
const isEmpty = (value: readonly Written[] | WrittenFields): boolean => Object.keys(value).length === 0

/** A value on one line, as flow style has it; `isJson` puts all texts in quotes. */
export function flowText(value: Written, isJson = false): string {
  if (isList(value)) return `[${value.map((one) => flowText(one, isJson)).join(', ')}]`
  if (isFields(value)) {
    const fields = flowFields(value, isJson).join(', ')
    return fields === '' || isJson ? `{${fields}}` : `{ ${fields} }`
  }
  if (typeof value === 'string') return isJson ? JSON.stringify(value) : yamlText(value)
  return String(value)
}

/** Each field as flow style has it. */
export const flowFields = (fields: WrittenFields, isJson = false): string[] =>
  Object.entries(fields).map(([field, value]) => `${flowText(field, isJson)}: ${flowText(value, isJson)}`)

/** Fields line by line, not indented, as block style has them. */
export const fieldLines = (fields: WrittenFields): string[] =>
  Object.entries(fields).flatMap(([field, value]) => {
    const key = `${yamlText(field)}:`
    if ((!isList(value) && !isFields(value)) || isEmpty(value)) return [`${key} ${flowText(value)}`]
    return [key, ...(isList(value) ? itemLines(value) : fieldLines(value)).map((line) => `  ${line}`)]
  })

/** List items line by line, each behind its dash. */
export const itemLines = (items: readonly Written[]): string[] =>
  items.flatMap((item) =>
    isFields(item) && !isEmpty(item) ? fieldLines(item).map((line, at) => `${at === 0 ? '- ' : '  '}${line}`) : `- ${flowText(item)}`,
  )
