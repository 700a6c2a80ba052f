import { StepForward } from 'lucide-react'
import { en } from '../text/en.ts'
import type { Action } from './action.ts'
import { complain } from './run-command.ts'

/** The very next thing that happens, and no more. */
export const step: Action = {
  name: 'step',
  label: () => en.actions.step,
  icon: StepForward,
  shortcut: '.',
  run: ({ client }) => void client.request('step', {}).catch(complain),
}
