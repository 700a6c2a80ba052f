import { FileCode, SquareTerminal } from 'lucide-react'
import { type PanelId, showPanel } from '#state/session.ts'
import { en } from '../text/en.ts'
import type { Action } from './action.ts'

const goTo = (panel: PanelId, label: string, icon: Action['icon'], shortcut: string): Action => ({
  name: `go-to-${panel}`,
  label: () => label,
  icon,
  shortcut,
  run: () => {
    showPanel(panel)
    requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-panel="${panel}"] [data-first-focus]`)?.focus())
  },
})

export const goToTerminal = goTo('terminal', en.actions['go-to-terminal'], SquareTerminal, '`')
export const goToManifest = goTo('manifest', en.actions['go-to-manifest'], FileCode, 'm')
