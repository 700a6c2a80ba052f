export interface Edited {
  line: string
  cursor: number
}

const lineStart = (line: string, cursor: number) => line.lastIndexOf('\n', cursor - 1) + 1
const lineEnd = (line: string, cursor: number) => (line.indexOf('\n', cursor) < 0 ? line.length : line.indexOf('\n', cursor))
const without = (line: string, from: number, to: number): Edited => ({ line: line.slice(0, from) + line.slice(to), cursor: from })

/** What Ctrl with a letter does to the line in a shell: to its start and end, and cut before, behind, and the word before the cursor. */
export const editKeys: Readonly<Record<string, (line: string, cursor: number) => Edited>> = {
  a: (line, cursor) => ({ line, cursor: lineStart(line, cursor) }),
  e: (line, cursor) => ({ line, cursor: lineEnd(line, cursor) }),
  u: (line, cursor) => without(line, lineStart(line, cursor), cursor),
  k: (line, cursor) => without(line, cursor, lineEnd(line, cursor)),
  w: (line, cursor) => without(line, line.slice(0, cursor).search(/\S*\s*$/), cursor),
}
