import { awk, cut } from './fields.ts'
import type { FilterFactory } from './filter.ts'
import { grep } from './grep.ts'
import { cat, head, sort, tail, tr, uniq, wc } from './lines.ts'
import { sed } from './sed.ts'

/** The filters a pipe may use, by name. */
export const filters: ReadonlyMap<string, FilterFactory> = new Map(
  Object.entries({ grep, head, tail, wc, sort, uniq, cut, awk, sed, tr, cat, less: cat, more: cat }),
)
