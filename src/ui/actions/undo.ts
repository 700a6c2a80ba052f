import { Redo2, Undo2 } from 'lucide-react'
import { clockStore } from '#state/clock.ts'
import { forgetInformation } from '#state/session.ts'
import { en } from '../text/en.ts'
import type { Action } from './action.ts'
import { complain } from './run-command.ts'

const canTurn = { undo: () => clockStore.getState().canUndo, redo: () => clockStore.getState().canRedo }

/** One after the other: only when the one before is done it is known whether there is more to turn back. */
let turned: Promise<unknown> = Promise.resolve()

const turn =
  (way: 'undo' | 'redo'): Action['run'] =>
  ({ client }) => {
    forgetInformation()
    turned = turned.then(() => (canTurn[way]() ? client.request(way, {}) : undefined)).catch(complain)
  }

/** Back to before the last action. */
export const undo: Action = {
  name: 'undo',
  label: () => en.actions.undo,
  icon: Undo2,
  shortcut: 'Mod+z',
  when: canTurn.undo,
  run: turn('undo'),
}

export const redo: Action = {
  name: 'redo',
  label: () => en.actions.redo,
  icon: Redo2,
  shortcut: 'Mod+Shift+z',
  alsoBy: 'Mod+y',
  when: canTurn.redo,
  run: turn('redo'),
}
