import type { ApiClient, Running } from '#protocol/api-client.ts'
import type { KubectlContext, Parsed, Verb } from './command.ts'
import { asksForMetrics } from './measured.ts'
import type { KeptOrder } from './output/kyaml.ts'

/** What comes when it is first needed: most verbs, and what `get` and `apply` do rarely. */
export interface LateParts {
  verbs: readonly Verb[]
  sortObjects<T>(
    context: Pick<KubectlContext, 'client' | 'io'>,
    items: readonly T[],
    field: string,
    objectOf: (item: T) => unknown,
    sorter: 'rows' | 'objects',
  ): T[]
  toKyaml(value: unknown, kept?: KeptOrder): string
  inStructOrder(object: object): object
  printTypedJson(object: object): string
  goTemplatePrinter(template: string, allowMissingKeys: boolean, client: Pick<ApiClient, 'version'>): (object: object) => string
  withMetrics(client: ApiClient): ApiClient
  getRaw(context: KubectlContext, args: Parsed): Running
  sendRaw(context: KubectlContext, args: Parsed, method: 'POST' | 'PUT' | 'DELETE'): Running
}

let parts: LateParts | undefined

export const isLateHere = (): boolean => parts !== undefined

export function keepLateParts(come: LateParts): void {
  parts ??= come
}

/** The verbs that have come. */
export const loadedVerbs = (): readonly Verb[] => parts?.verbs ?? []

/** Throws where `runKubectl` did not wait for them. */
export function lateParts(): LateParts {
  if (!parts) throw new TypeError('used before it was loaded')
  return parts
}

/** Whether a line's verb is asked for what comes late. */
export const asksForLate = (word: string): boolean => /^--(raw|sort-by)\b|kyaml|template/i.test(word) || asksForMetrics(word)
