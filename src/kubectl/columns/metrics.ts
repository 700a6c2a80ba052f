import { addQuantities } from '#k8s/quantity.ts'
import type { AnyObject } from '#k8s/types.ts'
import type { TablePrinter } from '../table.ts'
import { columns } from './columns.ts'

interface Usage {
  cpu: string
  memory: string
}

type Measured = AnyObject & { window: string; usage?: Usage; containers?: { usage: Usage }[] }

/** Rows of NodeMetrics and PodMetrics; a pod uses what its containers use together. @source sigs.k8s.io/metrics-server/pkg/api/table.go */
export const metricsPrinter: TablePrinter = {
  columns: () => columns('NAME,CPU,MEMORY,WINDOW'),
  cells(object) {
    const { metadata, window, usage, containers = [] } = object as Measured
    const { cpu, memory } =
      usage ??
      containers.reduce((sum, c) => ({ cpu: addQuantities(sum.cpu, c.usage.cpu), memory: addQuantities(sum.memory, c.usage.memory) }), {
        cpu: '0',
        memory: '0',
      })
    return [metadata.name, cpu, memory, window]
  },
}
