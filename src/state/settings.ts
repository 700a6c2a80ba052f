import * as v from 'valibot'
import { createStore } from 'zustand/vanilla'
import { readStored, writeStored } from './storage.ts'

const fraction = v.pipe(v.number(), v.minValue(0.05), v.maxValue(0.95))

const schema = v.object({
  /** `system` follows the browser. */
  theme: v.picklist(['system', 'light', 'dark']),
  /** Shares of the window: the right side's width, the bottom's height, and the splits inside them. */
  asideWidth: fraction,
  footerHeight: fraction,
  asideSplit: fraction,
  footerSplit: fraction,
})

/** What is remembered in this browser. */
export type Settings = v.InferOutput<typeof schema>

const defaults: Settings = { theme: 'system', asideWidth: 0.33, footerHeight: 0.22, asideSplit: 0.6, footerSplit: 0.5 }

function load(): Settings {
  try {
    const result = v.safeParse(v.partial(schema), JSON.parse(readStored('settings') ?? '{}'))
    return result.success ? { ...defaults, ...result.output } : defaults
  } catch {
    return defaults
  }
}

export const settingsStore = createStore<Settings>(load)

export function changeSettings(part: Partial<Settings>): void {
  settingsStore.setState(part)
  // another window may have changed other settings since
  writeStored('settings', JSON.stringify({ ...load(), ...part }))
}

/** Puts the theme on the page; `system` leaves it to the browser. Returns how to stop following changes. */
export function followTheme(root: HTMLElement): () => void {
  const show = ({ theme }: Settings) => {
    if (theme === 'system') delete root.dataset.theme
    else root.dataset.theme = theme
  }
  show(settingsStore.getState())
  return settingsStore.subscribe(show)
}
