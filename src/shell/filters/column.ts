import { ProgramError } from '../io.ts'
import { byAllLines, type FilterFactory, readOptions, withFiles } from './filter.ts'

const long = { table: 't', separator: 's', 'output-separator': 'o' }

/** `column -t [-s SEPARATORS] [-o TEXT]`: lines as a table. Without -t it would fill the width of a terminal, which is not done here. */
export const column: FilterFactory = (args, output) => {
  const { flags, values, operands } = readOptions('column', args, 't', 'so', long)
  if (!flags.has('t')) throw new ProgramError('column: only tables are made here: column -t')
  const separators = values.get('s')
  const gap = values.get('o') ?? '  '
  const cellsOf = (line: string): string[] => (separators === undefined ? line.trim().split(/[ \t]+/) : [...line].reduce(cutAt(separators), ['']))
  const filter = byAllLines((lines) => {
    const rows = lines.filter((line) => line.trim()).map(cellsOf)
    const count = rows.reduce((most, cells) => Math.max(most, cells.length), 0)
    const widths = Array.from({ length: count }, (_, i) => rows.reduce((widest, cells) => Math.max(widest, [...(cells[i] ?? '')].length), 0))
    for (const cells of rows) {
      const padded = widths.map((width, i) => (i === count - 1 ? (cells[i] ?? '') : (cells[i] ?? '').padEnd(width)))
      output.out(`${padded.join(gap)}\n`)
    }
    return undefined
  })
  return withFiles('column', operands, filter, output)
}

/** Adds a character to the last cell, or begins the next one. */
const cutAt =
  (separators: string) =>
  (cells: string[], character: string): string[] =>
    separators.includes(character) ? [...cells, ''] : [...cells.slice(0, -1), cells.at(-1) + character]
