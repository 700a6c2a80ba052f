/** A letter no Latin keyboard has. */
const isForeign = (key: string) => /^\p{L}$/u.test(key) && !/^\p{Script=Latin}$/u.test(key)

/**
 * The pressed key as shortcuts name it. On a keyboard with other letters than ours (Greek, Cyrillic, …) the one that stands in its place:
 * else no shortcut could be pressed there.
 */
export function pressedKey({ key, code }: Pick<KeyboardEvent, 'key' | 'code'>): string {
  if (!isForeign(key)) return key
  return code === 'Backquote' ? '`' : (/^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase() ?? key)
}
