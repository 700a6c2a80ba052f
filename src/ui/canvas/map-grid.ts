/** Where the cells of a map of many nodes stand: as large as all of them have room for, in rows. Sizes are CSS pixels. */
export interface MapGrid {
  columns: number
  /** Side of a cell, with the gap beside it. */
  cell: number
  left: number
}

const largestCell = 40
const smallestCell = 2

/** The grid of the largest cells of which `count` fit; of more than fit in the smallest, those have rows below the edge. */
export function fitGrid(width: number, height: number, count: number): MapGrid {
  const rowsOf = (cell: number) => Math.ceil(count / Math.max(1, Math.floor(width / cell)))
  let cell = largestCell
  while (cell > smallestCell && rowsOf(cell) * cell > height) cell -= 0.5
  const columns = Math.max(1, Math.floor(width / cell))
  return { columns, cell, left: (width - Math.min(columns, count) * cell) / 2 }
}

/** The number of the cell at a point; undefined where there is none. */
export function cellAt({ columns, cell, left }: MapGrid, x: number, y: number, count: number): number | undefined {
  const column = Math.floor((x - left) / cell)
  const at = Math.floor(y / cell) * columns + column
  return column >= 0 && column < columns && at >= 0 && at < count ? at : undefined
}

/** Left and top of a cell. */
export const cellPlace = ({ columns, cell, left }: MapGrid, at: number): [x: number, y: number] => [
  left + (at % columns) * cell,
  Math.floor(at / columns) * cell,
]
