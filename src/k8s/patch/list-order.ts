/** In which order the items of a merged list stand. @source apimachinery/pkg/util/strategicpatch normalizeElementOrder */
import { isObject, jsonEqual } from './json.ts'

/** What identifies an item: its merge key's value, or itself in lists of plain values. */
export function identityOf(item: unknown, mergeKey: string): unknown {
  return mergeKey !== '' && isObject(item) ? item[mergeKey] : item
}

/** Merge keys are compared as text: port 80 and port "80" are the same item. */
export function indexOfItem(list: readonly unknown[], item: unknown, mergeKey: string): number {
  const identity = identityOf(item, mergeKey)
  const plain = typeof identity === 'object' ? undefined : String(identity)
  return list.findIndex((other) => {
    const own = identityOf(other, mergeKey)
    return plain === undefined || typeof own === 'object' ? jsonEqual(own, identity) : String(own) === plain
  })
}

/** Sorted as in `order`; items that are not in it come last. */
function sortedAs(items: readonly unknown[], order: readonly unknown[], mergeKey: string): unknown[] {
  const place = (item: unknown): number => {
    const index = indexOfItem(order, item, mergeKey)
    return index < 0 ? order.length : index
  }
  return items
    .map((item) => ({ item, at: place(item) }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item)
}

/**
 * Items of the patch stand in the patch's order; those only the server has are woven in where the server's own order (`serverOrder`)
 * puts them before an item of the patch, else they follow.
 */
export function normalizeElementOrder(
  merged: readonly unknown[],
  patchOrder: readonly unknown[],
  serverOrder: readonly unknown[],
  mergeKey: string,
): unknown[] {
  const inPatch = (item: unknown): boolean => indexOfItem(patchOrder, item, mergeKey) >= 0
  const patchItems = sortedAs(merged.filter(inPatch), patchOrder, mergeKey)
  const serverOnly = sortedAs(
    merged.filter((item) => !inPatch(item)),
    serverOrder,
    mergeKey,
  )
  const comesFirst = (left: unknown, right: unknown): boolean => {
    const l = indexOfItem(serverOrder, left, mergeKey)
    const r = indexOfItem(serverOrder, right, mergeKey)
    return l >= 0 && r >= 0 && l < r
  }
  const result: unknown[] = []
  while (serverOnly.length && patchItems.length) {
    result.push((comesFirst(serverOnly[0], patchItems[0]) ? serverOnly : patchItems).shift())
  }
  return [...result, ...serverOnly, ...patchItems]
}
