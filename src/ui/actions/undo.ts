import { Redo2, Undo2 } from 'lucide-react'
import { clockStore } from '#state/clock.ts'
import { en } from '../text/en.ts'
import type { Action } from './action.ts'
import { complain } from './run-command.ts'

/** Back to before the last action. */
export const undo: Action = {
  name: 'undo',
  label: () => en.actions.undo,
  icon: Undo2,
  shortcut: 'Mod+z',
  when: () => clockStore.getState().canUndo,
  run: ({ client }) => void client.request('undo', {}).catch(complain),
}

export const redo: Action = {
  name: 'redo',
  label: () => en.actions.redo,
  icon: Redo2,
  shortcut: 'Mod+Shift+z',
  when: () => clockStore.getState().canRedo,
  run: ({ client }) => void client.request('redo', {}).catch(complain),
}
