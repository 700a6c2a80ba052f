/**
 * A command as it was copied from a page, without what is no part of it: the prompt before its lines, and the no-break spaces that pages
 * put in place of spaces.
 */
export function pastedText(text: string): string {
  const spaced = text.replace(/[\u00a0\u2007\u202f]/g, ' ')
  return /^\s*\$ +\S/.test(spaced) ? spaced.replace(/^[ \t]*\$ +(?=\S)/gm, '') : spaced
}
