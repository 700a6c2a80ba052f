import { SlidersHorizontal } from 'lucide-react'
import { openForm } from '#state/session.ts'
import { en } from '../text/en.ts'
import type { Action } from './action.ts'

/** Opens the form in which a machine is described before it joins. */
export const describeNode: Action = {
  name: 'describe-node',
  label: () => en.actions['describe-node'],
  icon: SlidersHorizontal,
  run: () => openForm({ kind: 'node' }),
}
