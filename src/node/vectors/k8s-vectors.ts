import { formatAge } from '#k8s/duration.ts'
import { scaledValue, scaledValueError } from '#k8s/int-or-percent.ts'
import { dns1123Label, dns1123Subdomain, labelValue, qualifiedName } from '#k8s/name.ts'
import { canonicalQuantity, quantityError, toMilli, toValue } from '#k8s/quantity.ts'
import { parseFieldSelector, parseLabelSelector } from '#k8s/selector.ts'
import type { StringMap } from '#k8s/types.ts'
import { difference, firstOf, type VectorCheck } from './vector.ts'

const messageOf = (work: () => unknown): string | undefined => {
  try {
    work()
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}

const durations: VectorCheck = {
  name: 'durations',
  recognises: (_file, keys) => keys.has('human'),
  check: (input) => {
    const { seconds, human } = input as { seconds: number; human: string }
    return difference(`${seconds} s`, human, formatAge(seconds))
  },
}

const quantities: VectorCheck = {
  name: 'quantities',
  recognises: (_file, keys) => keys.has('input') && !keys.has('dns1123Label'),
  check: (input) => {
    const { input: text, canonical, milli, value, error } = input as Record<'input' | 'canonical' | 'milli' | 'value', string> & { error?: string }
    if (error) return difference(text, error, quantityError(text))
    return firstOf(
      difference(text, undefined, quantityError(text)),
      difference(text, canonical, canonicalQuantity(text)),
      difference(`${text} in milli`, Number(milli), toMilli(text)),
      difference(`${text} as value`, Number(value), toValue(text)),
    )
  },
}

const intOrPercent: VectorCheck = {
  name: 'int-or-percent',
  recognises: (_file, keys) => keys.has('roundUp'),
  check: (input) => {
    const { value, total, roundUp, result, error } = input as { value: string; total: number; roundUp: boolean; result?: number; error?: string }
    // as intstr.Parse: whatever Go reads as a number is one
    const parsed = /^[-+]?\d+$/.test(value) ? Number(value) : value
    const what = `${value} of ${total}`
    return firstOf(difference(what, result, scaledValue(parsed, total, roundUp)), difference(what, error, scaledValueError(parsed)))
  },
}

const names: VectorCheck = {
  name: 'names',
  recognises: (_file, keys) => keys.has('dns1123Label'),
  check: (input) => {
    const expected = input as { input: string } & Record<'dns1123Label' | 'dns1123Subdomain' | 'labelValue' | 'qualifiedName', string[] | null>
    const checks = { dns1123Label, dns1123Subdomain, labelValue, qualifiedName }
    return firstOf(
      ...Object.entries(checks).map(([name, check]) =>
        difference(`${name} of ${JSON.stringify(expected.input)}`, expected[name as keyof typeof checks] ?? [], check(expected.input)),
      ),
    )
  },
}

interface SelectorCase {
  selector: string
  canonical?: string
  matches?: unknown
  error?: string
}

const labelSelectors: VectorCheck = {
  name: 'label-selectors',
  recognises: (file, keys) => 'sets' in file && keys.has('selector'),
  check: (input, file) => {
    const { selector, canonical, matches, error } = input as SelectorCase
    if (error)
      return difference(
        selector,
        error,
        messageOf(() => parseLabelSelector(selector)),
      )
    const parsed = parseLabelSelector(selector)
    const ours = (file.sets as StringMap[]).map((set) => parsed.matches(set))
    return firstOf(difference(selector, canonical, parsed.canonical), difference(selector, matches, ours))
  },
}

const fieldSelectors: VectorCheck = {
  name: 'field-selectors',
  recognises: (file, keys) => 'set' in file && keys.has('selector'),
  check: (input, file) => {
    const { selector, canonical, matches, error } = input as SelectorCase
    if (error)
      return difference(
        selector,
        error,
        messageOf(() => parseFieldSelector(selector)),
      )
    const parsed = parseFieldSelector(selector)
    return firstOf(difference(selector, canonical, parsed.canonical), difference(selector, matches, parsed.matches(file.set as StringMap)))
  },
}

/** Checks of the pure Kubernetes facts. */
export const k8sVectors: readonly VectorCheck[] = [durations, quantities, intOrPercent, names, labelSelectors, fieldSelectors]
