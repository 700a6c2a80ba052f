import type { Resource } from '#k8s/resources.ts'
import type { Parsed } from '../command.ts'
import type { TableOptions } from '../table.ts'

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
