import { StepForward } from 'lucide-react'
import { notify } from '#state/session.ts'
import { en } from '../text/en.ts'
import type { Action } from './action.ts'
import { complain } from './run-command.ts'

/** On to the next change, and no further. */
export const step: Action = {
  name: 'step',
  label: () => en.actions.step,
  icon: StepForward,
  shortcut: '.',
  run: ({ client }) => {
    client.request('step', {}).then(({ changed }) => {
      if (!changed) notify('info', en.topBar.nothingChanges)
    }, complain)
  },
}
