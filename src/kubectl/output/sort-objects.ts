import { compareQuantities, isQuantity } from '#k8s/quantity.ts'
import { goTypeName } from '#k8s/schema/go-format.ts'
import type { KubectlContext } from '../command.ts'
import { CommandError } from '../error-text.ts'
import { compileJsonPath } from '../jsonpath.ts'
import { JsonPathError } from '../jsonpath-parser.ts'
import { klogLine } from '../klog.ts'
import { goSort } from './go-sort.ts'
import { relaxedJsonPath } from './relaxed-jsonpath.ts'

/** Two values that have no order. */
class UnsortableError extends Error {}

/** @source kubectl/pkg/cmd/get/sorter.go isLess */
function isLess(a: unknown, b: unknown): boolean {
  if (a === null || b === null) return a === null && b !== null
  if (typeof a === 'number' && typeof b === 'number') return a < b
  if (typeof a === 'string' && typeof b === 'string') return isQuantity(a) && isQuantity(b) ? compareQuantities(a, b) < 0 : a < b
  throw new UnsortableError(`unsortable type: ${goTypeName(a)}`)
}

/** What is sorted: the rows of the server's table, or objects. Where and as what kubectl calls it when it gives up. */
const sorters = { rows: ['sorter.go:375', '[][][]reflect.Value'], objects: ['sorter.go:329', '*unstructured.Unstructured'] } as const

/**
 * Items in the order of a field of their objects (`--sort-by`); those without it come first. Throws CommandError when no
 * object has the field, or its values have no order.
 * @source kubectl/pkg/cmd/get/sorter.go SortObjects
 */
export function sortObjects<T>(
  { client, io }: Pick<KubectlContext, 'client' | 'io'>,
  items: readonly T[],
  field: string,
  objectOf: (item: T) => unknown,
  sorter: keyof typeof sorters,
): T[] {
  // a row alone is not sorted, by whatever path
  if (sorter === 'rows' && items.length < 2) return [...items]
  const template = sorter === 'rows' ? rowTemplate(field) : relaxedJsonPath(field)
  const path = compileSortPath(template)
  const keyed = items.map((item) => ({ item, value: path.findResults(objectOf(item))[0]?.[0] }))
  if (keyed.length > 0 && keyed.every((k) => k.value === undefined)) {
    throw new CommandError(`couldn't find any field with path ${JSON.stringify(template)} in the list of objects`)
  }
  const less = (a: { value: unknown }, b: { value: unknown }) => a.value === undefined || (b.value !== undefined && isLess(a.value, b.value))
  try {
    return goSort(keyed, less).map((k) => k.item)
  } catch (error) {
    if (!(error instanceof UnsortableError)) throw error
    const [place, type] = sorters[sorter]
    io.err(klogLine(client, 'F', place, `Field ${template} in ${type} is an unsortable type: interface, err: ${error.message}`))
    throw new CommandError('')
  }
}

/** For rows a path of another form is a template as it stands: `{.a}{.b}`. @source kubectl/pkg/cmd/get NewRuntimeSorter */
function rowTemplate(field: string): string {
  try {
    return relaxedJsonPath(field)
  } catch {
    return field
  }
}

function compileSortPath(template: string) {
  try {
    return compileJsonPath(template)
  } catch (error) {
    throw error instanceof JsonPathError ? new CommandError(error.message) : error
  }
}
