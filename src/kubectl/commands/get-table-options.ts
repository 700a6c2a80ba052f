import type { Resource } from '#k8s/resources.ts'
import { ageOf } from '../columns/age.ts'
import type { Parsed } from '../command.ts'
import type { TableOptions, TablePrinter } from '../table.ts'

/** What the flags of `kubectl get` say about the table of one resource. */
export function tableOptions(args: Parsed, resource: Resource, withKind: boolean): TableOptions {
  return {
    wide: args.string('output') === 'wide',
    noHeaders: args.bool('no-headers'),
    withNamespace: args.bool('all-namespaces') && resource.namespaced,
    withKind: withKind || args.bool('show-kind'),
    showLabels: args.bool('show-labels'),
    labelColumns: args.list('label-columns'),
  }
}

/** What kubectl prints of an object by itself. @source kubectl/pkg/cmd/get/table_printer.go */
const namesAndAges: TablePrinter = {
  columns: () => [{ header: 'NAME' }, { header: 'AGE' }],
  cells: ({ metadata }, time) => [metadata.name, ageOf(metadata.creationTimestamp, time)],
}

/** The table that kubectl makes itself, where it does not show what the server made. */
export function ownPrinter(args: Parsed): TablePrinter | undefined {
  return args.bool('server-print') && args.string('subresource') !== 'scale' ? undefined : namesAndAges
}
