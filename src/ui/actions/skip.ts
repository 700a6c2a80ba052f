import { FastForward } from 'lucide-react'
import { notify } from '#state/session.ts'
import { en } from '../text/en.ts'
import type { Action } from './action.ts'
import { complain } from './run-command.ts'

/** On to the next moment at which anything changes. */
export const skip: Action = {
  name: 'skip',
  label: () => en.actions.skip,
  icon: FastForward,
  shortcut: 'n',
  run: ({ client }) => {
    client.request('skip', {}).then(({ changed }) => {
      if (!changed) notify('info', en.topBar.nothingChanges)
    }, complain)
  },
}
