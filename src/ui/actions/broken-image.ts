import { ImageOff } from 'lucide-react'
import type { Action } from './action.ts'
import { doOutside } from './run-command.ts'

/** From here on no container starts whose image name contains `broken`. */
export const brokenImage: Action = {
  name: 'broken-image',
  label: () => 'Images with “broken” in their name cannot be pulled',
  icon: ImageOff,
  run: ({ client }) => doOutside(client, { brokenImages: ['broken'] }, 'images whose name contains "broken" cannot be pulled'),
}
