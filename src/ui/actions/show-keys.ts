import { Keyboard } from 'lucide-react'
import { openForm } from '#state/session.ts'
import { en } from '../text/en.ts'
import type { Action } from './action.ts'

/** Lists the keys. */
export const showKeys: Action = {
  name: 'show-keys',
  label: () => en.actions['show-keys'],
  icon: Keyboard,
  shortcut: '?',
  run: () => openForm({ kind: 'keys' }),
}
