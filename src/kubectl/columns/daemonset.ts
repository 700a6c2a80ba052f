import { formatLabelSelector } from '#k8s/selector.ts'
import type { DaemonSet } from '#k8s/types.ts'
import { formatLabels, type TablePrinter } from '../table.ts'
import { ageOf } from './age.ts'
import { columns } from './columns.ts'
import { containerCells } from './containers.ts'

/** @source pkg/printers/internalversion printDaemonSet; PR-2.2, DS-11.7 */
export const daemonSetPrinter: TablePrinter<DaemonSet> = {
  columns: () => columns('NAME,DESIRED,CURRENT,READY,UP-TO-DATE,AVAILABLE,NODE SELECTOR,AGE', 'CONTAINERS,IMAGES,SELECTOR'),
  cells: ({ metadata, spec, status }, time) => [
    metadata.name,
    ...[
      status?.desiredNumberScheduled,
      status?.currentNumberScheduled,
      status?.numberReady,
      status?.updatedNumberScheduled,
      status?.numberAvailable,
    ].map((n) => String(n ?? 0)),
    formatLabels(spec.template.spec.nodeSelector),
    ageOf(metadata.creationTimestamp, time),
    ...containerCells(spec.template),
    formatLabelSelector(spec.selector),
  ],
}
