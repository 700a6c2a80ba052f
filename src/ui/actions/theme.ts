import { Moon, Sun, SunMoon } from 'lucide-react'
import { changeSettings, settingsStore } from '#state/settings.ts'
import { en } from '../text/en.ts'
import type { Action } from './action.ts'

const next = { system: 'light', light: 'dark', dark: 'system' } as const

const theme = (from: keyof typeof next, label: string, icon: Action['icon']): Action => ({
  name: `theme-${from}`,
  label: () => label,
  icon,
  offered: () => settingsStore.getState().theme === from,
  run: () => changeSettings({ theme: next[from] }),
})

/** The theme as it is; choosing it goes on to the next: system, light, dark. */
export const themes: readonly Action[] = [
  theme('system', en.topBar.themeSystem, SunMoon),
  theme('light', en.topBar.themeLight, Sun),
  theme('dark', en.topBar.themeDark, Moon),
]
