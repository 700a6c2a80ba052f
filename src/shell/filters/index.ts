import { awk } from './awk/awk.ts'
import { column } from './column.ts'
import { cut, tr } from './fields.ts'
import type { FilterFactory } from './filter.ts'
import { grep, grepAs } from './grep.ts'
import { cat, head, tac, tail, uniq, wc } from './lines.ts'
import { paste } from './paste.ts'
import { sed } from './sed.ts'
import { sort } from './sort.ts'
import { tee } from './tee.ts'

/** The filters by name. */
export const filterList: Readonly<Record<string, FilterFactory>> = {
  grep,
  egrep: grepAs('extended'),
  fgrep: grepAs('fixed'),
  head,
  tail,
  wc,
  sort,
  uniq,
  column,
  cut,
  awk,
  sed,
  tr,
  cat,
  tac,
  paste,
  tee,
  less: cat,
  more: cat,
}
