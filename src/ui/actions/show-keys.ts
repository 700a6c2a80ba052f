import { Keyboard } from 'lucide-react'
import { openForm } from '#state/session.ts'
import type { Action } from './action.ts'

/** Lists the keys. */
export const showKeys: Action = {
  name: 'show-keys',
  label: () => 'Keys',
  icon: Keyboard,
  shortcut: '?',
  run: () => openForm({ kind: 'keys' }),
}
