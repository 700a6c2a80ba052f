import type { Column } from '../table.ts'

/** Column definitions from two comma lists: always shown, and shown with `-o wide` only. */
export function columns(always: string, wide = ''): readonly Column[] {
  const heads = (list: string, isWide: boolean) => (list ? list.split(',').map((header) => (isWide ? { header, wide: true } : { header })) : [])
  return [...heads(always, false), ...heads(wide, true)]
}
