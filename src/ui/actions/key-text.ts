const names: Record<string, string> = { ' ': 'Space', Delete: 'Del', '+': '+', '-': '−' }
const isMac = typeof navigator !== 'undefined' && /Mac|iP(hone|ad)/.test(navigator.userAgent)

/** A shortcut as it is written for people: `Mod+Shift+z` → `Ctrl Shift Z`. */
export function keyText(shortcut: string): string {
  if (shortcut === '+') return '+'
  const keys = shortcut
    .split('+')
    .map((key) => (key === 'Mod' ? (isMac ? '⌘' : 'Ctrl') : (names[key] ?? (key.length === 1 ? key.toUpperCase() : key))))
  return keys.join(' ')
}
