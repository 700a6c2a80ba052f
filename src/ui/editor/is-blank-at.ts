/** Whether there is nothing at a place of a line (column from 1) but blanks, or its end: what a language says there is about something around it. */
export function isBlankAt(line: string, column: number): boolean {
  return !/\S/.test(line.slice(Math.max(0, column - 2), column))
}
