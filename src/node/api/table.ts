import type { MetricsKind } from '#k8s/api/metrics-resources.ts'
import type { AnyObject, Kind } from '#k8s/types.ts'
import { tablePrinters } from '#kubectl/columns/index.ts'
import type { PrintTime } from '#kubectl/table.ts'

/** What a client wants of each row's object. */
export type IncludeObject = 'None' | 'Metadata' | 'Object'

/** Columns that are numbers. @source pkg/printers/internalversion AddHandlers */
const integerColumns: Partial<Record<Kind | MetricsKind, readonly string[]>> = {
  DaemonSet: ['DESIRED', 'CURRENT', 'READY', 'UP-TO-DATE', 'AVAILABLE'],
  Deployment: ['UP-TO-DATE', 'AVAILABLE'],
  ReplicaSet: ['DESIRED', 'CURRENT', 'READY'],
  ControllerRevision: ['REVISION'],
  Event: ['COUNT'],
  PriorityClass: ['VALUE'],
}

const inCapitals = new Set(['IP', 'OS'])
const inOneWord = new Set(['UP-TO-DATE'])

/** `NODE SELECTOR` → `Node Selector`, `OS-IMAGE` → `OS-Image`: clients print names in capitals. */
function titleOf(header: string): string {
  if (inOneWord.has(header)) return header.charAt(0) + header.slice(1).toLowerCase()
  return header.replace(/[A-Z]+/g, (word) => (inCapitals.has(word) ? word : word.charAt(0) + word.slice(1).toLowerCase())).replace('(S)', '(s)')
}

export function partialMetadata({ metadata }: AnyObject): object {
  return { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata }
}

const rowObject: Record<IncludeObject, (object: AnyObject) => object | undefined> = {
  None: () => undefined,
  Metadata: partialMetadata,
  Object: (object) => object,
}

/**
 * Objects of one kind as a meta.k8s.io/v1 Table, printed at `time`. `withColumns` = false leaves the definitions out, as
 * watches do after the first event.
 */
export function toTable(
  kind: Kind | MetricsKind,
  objects: readonly AnyObject[],
  include: IncludeObject,
  time: PrintTime,
  { metadata = {}, withColumns = true }: { metadata?: object; withColumns?: boolean } = {},
): object {
  const printer = tablePrinters[kind]
  const columns = printer.columns(time.version)
  const integers = integerColumns[kind] ?? []
  const definitions = columns.map(({ header, wide }) => ({
    name: titleOf(header),
    type: integers.includes(header) ? 'integer' : 'string',
    format: header === 'NAME' ? 'name' : '',
    description: '',
    priority: wide ? 1 : 0,
  }))
  const rows = objects.map((object) => ({
    cells: printer.cells(object, time).map((cell, i) => (integers.includes(columns[i]?.header ?? '') ? Number(cell) : cell)),
    object: rowObject[include](object),
  }))
  return { kind: 'Table', apiVersion: 'meta.k8s.io/v1', metadata, columnDefinitions: withColumns ? definitions : null, rows }
}
