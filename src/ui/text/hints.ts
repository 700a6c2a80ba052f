/** What the list of hints says, beside the hints themselves. Loaded with the editor. */
export const hintsText = {
  count: (count: number) => (count === 1 ? '1 hint' : `${count} hints`),
  none: 'No hints',
  list: 'Hints',
}
