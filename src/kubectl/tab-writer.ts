export interface TabLayout {
  minWidth: number
  padding: number
}

/** The layout of `kubectl get` tables. @source cli-runtime/pkg/printers GetNewTabWriter */
export const tableLayout: TabLayout = { minWidth: 6, padding: 3 }

/** The layout of `kubectl describe`. @source kubectl/pkg/describe tabbedString */
export const describeLayout: TabLayout = { minWidth: 0, padding: 2 }

/** What would steer the terminal is shown instead: `^[` for an escape, `\r` for a carriage return. @source cli-runtime/pkg/printers WriteEscaped */
export const escapeTerminal = (text: string): string => text.replaceAll('\x1b', '^[').replaceAll('\r', '\\r')

const width = (text: string): number => [...text].length

/**
 * Lines of tab-separated cells as aligned text. A column is a run of neighbouring lines that have a cell there followed
 * by a tab; the last cell of a line never takes part. With `remembered` columns are at least as wide as in earlier calls
 * (the array is updated), as `kubectl get --watch` keeps its columns.
 * @source text/tabwriter Writer.format
 */
export function alignTabs(text: string, layout: TabLayout, remembered?: number[]): string {
  const lines = escapeTerminal(text)
    .split('\n')
    .map((line) => line.split('\t'))
  const out: string[] = []

  const write = (from: number, to: number, widths: readonly number[]) => {
    for (const cells of lines.slice(from, to)) {
      out.push(cells.map((cell, j) => (j < widths.length ? cell + ' '.repeat(Math.max(0, (widths[j] as number) - width(cell))) : cell)).join(''))
    }
  }

  const format = (from: number, to: number, widths: readonly number[]) => {
    const column = widths.length
    const hasCell = (i: number) => column < (lines[i] as string[]).length - 1
    let start = from
    let i = from
    while (i < to) {
      if (!hasCell(i)) {
        i++
        continue
      }
      write(start, i, widths)
      start = i
      let wide = Math.max(layout.minWidth, remembered?.[column] ?? 0)
      for (; i < to && hasCell(i); i++) wide = Math.max(wide, width((lines[i] as string[])[column] as string) + layout.padding)
      if (remembered) remembered[column] = wide
      format(start, i, [...widths, wide])
      start = i
    }
    write(start, to, widths)
  }

  format(0, lines.length, [])
  return out.join('\n')
}
