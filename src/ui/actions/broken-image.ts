import { ImageOff } from 'lucide-react'
import { en } from '../text/en.ts'
import type { Action } from './action.ts'
import { doOutside } from './run-command.ts'

/** From here on no container starts whose image name contains `broken`. */
export const brokenImage: Action = {
  name: 'broken-image',
  label: () => en.actions['broken-image'],
  icon: ImageOff,
  run: ({ client }) => doOutside(client, { brokenImages: ['broken'] }, 'images whose name contains "broken" cannot be pulled'),
}
