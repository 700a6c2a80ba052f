import type { CellStatus } from '../canvas/map-cell.ts'

/** The strings of the map of many nodes. They load with it. */
export const mapText = {
  label: (count: number) => `All ${count} nodes, each a small box`,
  hint: 'A box is filled as far as the pods on its node are ready. Point at one for its name, click it to ask about it; the arrow keys go from one to the next.',
  counts: {
    ready: (count: number) => `${count} Ready`,
    cordoned: (count: number) => `${count} Ready, cordoned`,
    'not-ready': (count: number) => `${count} NotReady`,
    unknown: (count: number) => `${count} NotReady (Unknown)`,
  } satisfies Record<CellStatus, (count: number) => string>,
  node: (name: string, status: string, ready: string) => `${name}, ${status}, ${ready}`,
  pods: { all: 'all its pods are ready', some: 'some of its pods are not ready', none: 'none of its pods is ready' },
} as const
