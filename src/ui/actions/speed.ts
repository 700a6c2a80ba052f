import { ChevronsLeft, ChevronsRight } from 'lucide-react'
import type { Client } from '#protocol/client.ts'
import { clockStore, speeds } from '#state/clock.ts'
import { en } from '../text/en.ts'
import type { Action } from './action.ts'
import { complain } from './run-command.ts'

export function setSpeed(client: Client, speed: number): void {
  client.request('clock', { speed }).catch(complain)
}

const neighbour = (by: 1 | -1) => {
  const { speed } = clockStore.getState()
  return by > 0 ? speeds.find((other) => other > speed) : speeds.findLast((other) => other < speed)
}

const turn = (by: 1 | -1, client: Client) => {
  const speed = neighbour(by)
  if (speed !== undefined) setSpeed(client, speed)
}

export const faster: Action = {
  name: 'faster',
  label: () => en.actions.faster,
  icon: ChevronsRight,
  shortcut: '+',
  when: () => neighbour(1) !== undefined,
  run: ({ client }) => turn(1, client),
}

export const slower: Action = {
  name: 'slower',
  label: () => en.actions.slower,
  icon: ChevronsLeft,
  shortcut: '-',
  when: () => neighbour(-1) !== undefined,
  run: ({ client }) => turn(-1, client),
}
