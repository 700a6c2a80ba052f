import { Pause, Play } from 'lucide-react'
import { clockStore } from '#state/clock.ts'
import { en } from '../text/en.ts'
import type { Action } from './action.ts'
import { complain } from './run-command.ts'

const playing = () => clockStore.getState().playing

/** Lets the cluster's clock run. */
export const play: Action = {
  name: 'play',
  label: () => en.actions.play,
  icon: Play,
  shortcut: ' ',
  offered: () => !playing(),
  run: ({ client }) => void client.request('clock', { playing: true }).catch(complain),
}

/** Stops the cluster's clock. */
export const pause: Action = {
  name: 'pause',
  label: () => en.actions.pause,
  icon: Pause,
  shortcut: ' ',
  offered: playing,
  run: ({ client }) => void client.request('clock', { playing: false }).catch(complain),
}
