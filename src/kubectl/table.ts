import type { Resource } from '#k8s/resources.ts'
import type { AnyObject, StringMap } from '#k8s/types.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import { alignTabs, tableLayout } from './tab-writer.ts'

/** What a printer may know besides the object: the time for ages and the server's version, whose printers these are. */
export interface PrintTime {
  nowMs: number
  version: KubernetesVersion
}

export interface Column {
  header: string
  /** Shown with `-o wide` only. */
  wide?: boolean
}

/** How one kind is printed in a table; `cells` gives one text a column, wide ones included. The name column is the one headed `NAME`. */
export interface TablePrinter<T extends AnyObject = AnyObject> {
  columns(version: KubernetesVersion): readonly Column[]
  cells(object: T, time: PrintTime): readonly string[]
}

/** The flags of `kubectl get` that change a table. */
export interface TableOptions {
  wide: boolean
  noHeaders: boolean
  withNamespace: boolean
  withKind: boolean
  showLabels: boolean
  labelColumns: readonly string[]
}

/** `a=b,c=d` in key order, `<none>` without labels. @source apimachinery/pkg/labels FormatLabels */
export function formatLabels(labels: StringMap | undefined): string {
  const pairs = Object.entries(labels ?? {}).map(([k, v]) => `${k}=${v}`)
  return pairs.sort().join(',') || '<none>'
}

/** `daemonset.apps/agent`, `pod/x`: what names an object when several types are shown. @source cli-runtime/pkg/printers formatResourceName */
export function kindPrefix(resource: Resource): string {
  return `${resource.singular}${resource.group ? `.${resource.group}` : ''}`
}

/** A cell ends at its first line break. @source cli-runtime/pkg/printers printTable */
function cellText(text: string): string {
  const cut = text.search(/[\f\n\r]/)
  return cut < 0 ? text : `${text.slice(0, cut)}...`
}

function labelOf({ metadata: { labels = {} } }: AnyObject, key: string): string {
  return (Object.hasOwn(labels, key) ? labels[key] : undefined) ?? ''
}

/** The header and the rows of a table as tab-separated lines. @source cli-runtime/pkg/printers/tableprinter.go */
export function tableLines(
  printer: TablePrinter,
  resource: Resource,
  objects: readonly AnyObject[],
  options: TableOptions,
  time: PrintTime,
): { header: string; rows: string[] } {
  const columns = printer.columns(time.version)
  const shown = columns.map((c) => options.wide || !c.wide)
  const nameColumn = columns.findIndex((c) => c.header === 'NAME')
  const header = [
    ...(options.withNamespace ? ['NAMESPACE'] : []),
    ...columns.filter((_, i) => shown[i]).map((c) => c.header),
    ...options.labelColumns.map((key) => (key.split('/').at(-1) as string).toUpperCase()),
    ...(options.showLabels ? ['LABELS'] : []),
  ]
  const rows = objects.map((object) => {
    const cells = printer.cells(object, time).map((cell, i) => (options.withKind && i === nameColumn ? `${kindPrefix(resource)}/${cell}` : cell))
    return [
      ...(options.withNamespace ? [object.metadata.namespace ?? ''] : []),
      ...cells.filter((_, i) => shown[i]),
      ...options.labelColumns.map((key) => labelOf(object, key)),
      ...(options.showLabels ? [formatLabels(object.metadata.labels)] : []),
    ]
      .map(cellText)
      .join('\t')
  })
  return { header: header.join('\t'), rows }
}

/** Aligns tab-separated lines as kubectl's tables are. `widths` keeps columns from one call to the next (`--watch`). */
export function alignTable(lines: readonly string[], widths?: number[]): string {
  return lines.length === 0 ? '' : alignTabs(`${lines.join('\n')}\n`, tableLayout, widths)
}
