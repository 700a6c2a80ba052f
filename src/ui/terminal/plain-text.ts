/** Where a word of a command begins, and where it ends. */
const begins = String.raw`(?<=^|[\s=,:({[])`
const ends = String.raw`(?=$|[\s;|&),:}\]])`

/** What word processors and phones make of quotes and of the hyphens before a flag. */
const replacements: readonly (readonly [RegExp, string])[] = [
  [new RegExp(`${begins}[“”„]([^“”„"\n]*)[“”]${ends}`, 'gm'), '"$1"'],
  [new RegExp(`${begins}[‘’‚]([^‘’‚'\n]*)[‘’]${ends}`, 'gm'), "'$1'"],
  [/(?<=^|\s)—(?=[a-z])/gm, '--'],
  [/(?<=^|\s)–(?=[a-zA-Z])/gm, '-'],
]

/** Commands with the quotes and hyphens that a shell knows. What stands in a here-document is text, and stays. */
export function plainText(text: string): string {
  return text.includes('<<') ? text : replacements.reduce((plain, [from, to]) => plain.replace(from, to), text)
}

/**
 * A command as it was copied from a page, without what is no part of it: the prompt before its lines, and the no-break spaces that pages
 * put in place of spaces.
 */
export function pastedText(text: string): string {
  const spaced = plainText(text.replace(/[\u00a0\u2007\u202f]/g, ' '))
  return /^\s*\$ +\S/.test(spaced) ? spaced.replace(/^[ \t]*\$ +(?=\S)/gm, '') : spaced
}
