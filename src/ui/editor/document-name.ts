/** Longer names no file system takes; room for an ending and for a number is left. */
const longestName = 200

/** A name that the terminal can take as one word (`kubectl apply -f NAME`), with an ending; undefined when nothing is left of the wish. */
export function toDocumentName(wish: string): string | undefined {
  const name = wish
    .trim()
    // letters with their accents apart, as some systems write file names
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}_.-]+/gu, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
  if (name === '') return
  const ending = /\.[a-z]{1,10}$/i.exec(name)?.[0] ?? ''
  return name.slice(0, name.length - ending.length).slice(0, longestName) + (ending || '.yaml')
}
