import { isLabelKey, isLabelValue, isSubdomain } from '#k8s/name-syntax.ts'
import type { Taint } from '#k8s/types.ts'

/** Whether an object can have the name; what is not yet written is not wrong. */
export const isName = (text: string): boolean => text === '' || isSubdomain(text)

/** Whether a label or a taint can have the key; what is not yet written is not wrong. */
export const isKey = (text: string): boolean => text === '' || isLabelKey(text)

export const areLabels = (labels: Readonly<Record<string, string>>): boolean =>
  Object.entries(labels).every(([key, value]) => isLabelKey(key) && isLabelValue(value))

/** There is one taint of a key and an effect. */
export const areTaints = (taints: readonly Taint[]): boolean =>
  taints.every(({ key, value = '' }) => isLabelKey(key) && isLabelValue(value)) &&
  new Set(taints.map(({ key, effect }) => `${key}:${effect}`)).size === taints.length
