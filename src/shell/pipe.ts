import type { Wait } from '#protocol/api-client.ts'

/** What comes in line by line; while it is `open` more may come. */
export interface Lines {
  rest: string
  readonly open?: boolean
}

/** What stands between two commands that run side by side: the one writes, the other reads as it comes. */
export class Pipe implements Lines {
  rest = ''
  open = true
  /** Nobody reads any more: who writes now has written enough. */
  isAbandoned = false
  wasWrittenInVain = false

  readonly write = (text: string): void => {
    if (this.isAbandoned) this.wasWrittenInVain = true
    else this.rest += text
  }
}

/** Lets others run until there may be more to read; false when nothing more comes. */
export function* moreInput(lines: Lines): Generator<Wait, boolean, void> {
  if (!lines.open) return false
  yield { kind: 'change' }
  return true
}

/** All there is to read, once its end has come. */
export function* wholeInput(lines: Lines): Generator<Wait, string, void> {
  while (yield* moreInput(lines));
  const text = lines.rest
  lines.rest = ''
  return text
}
