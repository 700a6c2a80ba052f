/** What the list of hints says, beside the hints themselves. Loaded with the editor. */
export const hintsText = {
  count: (count: number) => (count === 1 ? '1 hint' : `${count} hints`),
  none: 'No hints',
  /** The worst that is wrong with the text; what it is stands beside it. */
  problem: (line: number, count: number) => (count === 1 ? `Line ${line}` : `${count} problems, line ${line}`),
  list: 'Hints',
}
