import { CommandError } from '../error-text.ts'

const isPair = (word: string): boolean => (word.includes('=') && !word.startsWith('=')) || (word.endsWith('-') && word !== '-')

/**
 * Operands split into resources and, behind them, `key=value` and `key-` words. `what` names the words in errors.
 * @source kubectl/pkg/cmd/util GetResourcesAndPairs
 */
export function resourcesAndPairs(
  operands: readonly string[],
  what: string,
  test: (word: string) => boolean = isPair,
): { resources: string[]; pairs: string[] } {
  const first = operands.findIndex(test)
  if (first < 0) return { resources: [...operands], pairs: [] }
  const stray = operands.slice(first).find((word) => !test(word))
  if (stray !== undefined) throw new CommandError(`all resources must be specified before ${what} changes: ${stray}`)
  return { resources: operands.slice(0, first), pairs: operands.slice(first) }
}

/** `key=value,…` of a flag. @source kubectl/pkg/generate ParseLabels */
export function parseLabelSpec(text: string): Record<string, string> {
  const pairs = text.split(',').map((spec): [string, string] => {
    const [key = '', value, ...more] = spec.split('=')
    if (value === undefined || more.length > 0) throw new CommandError(`unexpected label spec: ${spec}`)
    if (key === '') throw new CommandError('unexpected empty label key')
    return [key, value]
  })
  return Object.fromEntries(pairs)
}

/** @source kubectl/pkg/cmd/util ParsePairs */
export function parsePairs(pairs: readonly string[], what: string, supportRemove: boolean): { set: Map<string, string>; remove: string[] } {
  const set = new Map<string, string>()
  const remove: string[] = []
  const bad: string[] = []
  for (const pair of pairs) {
    const [key = '', value] = pair.split(/=(.*)/s)
    if (value !== undefined && key) set.set(key, value)
    else if (supportRemove && pair.endsWith('-') && pair !== '-') remove.push(pair.slice(0, -1))
    else bad.push(pair)
  }
  if (bad.length) throw new CommandError(`invalid ${what} format: ${bad.join(', ')}`)
  return { set, remove }
}
