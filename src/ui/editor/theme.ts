import { monaco } from './monaco.ts'

const read = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim()

/** `light-dark(a, b)` of the page's tokens as the colour of one scheme, in the 6 or 8 digits that Monaco takes. */
function token(name: string, dark: boolean): string {
  const value = read(name)
  const pair = /^light-dark\((.+?),\s*(.+)\)$/.exec(value)
  const colour = (pair ? (dark ? pair[2] : pair[1]) : value)?.trim() ?? ''
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(colour)
  return short ? `#${short[1]}${short[1]}${short[2]}${short[2]}${short[3]}${short[3]}` : colour
}

const syntax = {
  light: { key: '7a3bb8', string: '14794f', number: '9a3f00', comment: '667184' },
  dark: { key: 'c9a0ff', string: '5fd3a0', number: 'ffb27a', comment: '8c98ab' },
}

function define(dark: boolean): string {
  const name = dark ? 'playground-dark' : 'playground-light'
  const { key, string, number, comment } = dark ? syntax.dark : syntax.light
  monaco.editor.defineTheme(name, {
    base: dark ? 'vs-dark' : 'vs',
    inherit: true,
    rules: [
      { token: 'type', foreground: key },
      { token: 'string', foreground: string },
      { token: 'string.yaml', foreground: string },
      { token: 'number', foreground: number },
      { token: 'keyword', foreground: number },
      { token: 'comment', foreground: comment },
      { token: 'operators', foreground: token('--ink-3', dark).slice(1) },
    ],
    colors: {
      'editor.background': token('--surface', dark),
      'editor.foreground': token('--ink', dark),
      'editorLineNumber.foreground': token('--ink-3', dark),
      'editorLineNumber.activeForeground': token('--ink', dark),
      'editor.lineHighlightBackground': token('--surface-2', dark),
      'editor.lineHighlightBorder': token('--surface-2', dark),
      'editorIndentGuide.background1': token('--line', dark),
      'editorWidget.background': token('--surface', dark),
      'editorWidget.border': token('--line-2', dark),
      'editor.rangeHighlightBackground': token('--surface-3', dark),
      'editorWidget.foreground': token('--ink', dark),
      'editorWidget.resizeBorder': token('--line-2', dark),
      'input.background': token('--bg', dark),
      'input.foreground': token('--ink', dark),
      'input.border': token('--line-2', dark),
      'input.placeholderForeground': token('--ink-3', dark),
      'inputOption.activeBackground': token('--accent-soft', dark),
      'inputOption.activeBorder': token('--accent', dark),
      'inputOption.activeForeground': token('--ink', dark),
      errorForeground: token('--bad', dark),
      'editorHoverWidget.background': token('--surface', dark),
      'editorHoverWidget.border': token('--line-2', dark),
      'editorSuggestWidget.background': token('--surface', dark),
      'editorSuggestWidget.border': token('--line-2', dark),
      'editorSuggestWidget.foreground': token('--ink', dark),
      'editorSuggestWidget.selectedBackground': token('--accent-soft', dark),
      'editorSuggestWidget.selectedForeground': token('--ink', dark),
      'editorSuggestWidget.selectedIconForeground': token('--ink', dark),
      'editorSuggestWidget.highlightForeground': token('--accent-text', dark),
      'editorSuggestWidget.focusHighlightForeground': token('--accent-text', dark),
      'editorHoverWidget.foreground': token('--ink', dark),
      'editor.placeholder.foreground': token('--ink-3', dark),
      'editorError.foreground': token('--bad-line', dark),
      'editorWarning.foreground': token('--warn-line', dark),
      'editorInfo.foreground': token('--calm', dark),
      'editorLightBulb.foreground': token('--warn', dark),
      'editorLightBulbAutoFix.foreground': token('--accent', dark),
      'list.hoverBackground': token('--surface-2', dark),
      'scrollbarSlider.background': `${token('--ink-3', dark)}55`,
      'scrollbarSlider.hoverBackground': `${token('--ink-3', dark)}88`,
      'scrollbarSlider.activeBackground': `${token('--ink-3', dark)}aa`,
      focusBorder: token('--accent', dark),
    },
  })
  return name
}

const prefersDark = () => matchMedia('(prefers-color-scheme: dark)')

/** Dresses Monaco as the page is dressed, now and when that changes. Returns how to stop. */
export function followPageTheme(): () => void {
  const follow = () => {
    const { theme } = document.documentElement.dataset
    monaco.editor.setTheme(define(theme === 'dark' || (theme !== 'light' && prefersDark().matches)))
  }
  follow()
  const system = prefersDark()
  system.addEventListener('change', follow)
  const observer = new MutationObserver(follow)
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
  return () => {
    system.removeEventListener('change', follow)
    observer.disconnect()
  }
}
