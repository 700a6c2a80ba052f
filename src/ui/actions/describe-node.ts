import { SlidersHorizontal } from 'lucide-react'
import { openForm } from '#state/session.ts'
import type { Action } from './action.ts'

/** Opens the form in which a machine is described before it joins. */
export const describeNode: Action = {
  name: 'describe-node',
  label: () => 'Node with labels, taints, size…',
  icon: SlidersHorizontal,
  run: () => openForm({ kind: 'node' }),
}
