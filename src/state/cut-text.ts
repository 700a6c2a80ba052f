/** Longer lines cost the page seconds to lay out, characters. */
const maxLineLength = 5000

/** A text short enough to be shown as one line; says how much is left out. */
export function cutText(text: string): string {
  return text.length <= maxLineLength ? text : `${text.slice(0, maxLineLength)}… and ${text.length - maxLineLength} characters more`
}
