const many = (count: number, one: string): string => (count === 1 ? `1 ${one}` : `${count} ${one}s`)

/** What the list of hints says, beside the hints themselves. Loaded with the editor. */
export const hintsText = {
  /** Problems keep a text from being applied, or may; hints deserve a second look. */
  count: (problems: number, hints: number) =>
    [problems > 0 && many(problems, 'problem'), hints > 0 && many(hints, 'hint')].filter(Boolean).join(', '),
  none: 'No hints',
  list: 'Hints',
}
