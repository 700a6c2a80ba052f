import { FastForward } from 'lucide-react'
import { clockStore } from '#state/clock.ts'
import { en } from '../text/en.ts'
import type { Action } from './action.ts'
import { complain } from './run-command.ts'

/** On to the next moment at which anything changes. */
export const skip: Action = {
  name: 'skip',
  label: () => en.actions.skip,
  icon: FastForward,
  shortcut: 'n',
  when: () => clockStore.getState().nextChangeAtMs !== null,
  run: ({ client }) => void client.request('skip', {}).catch(complain),
}
