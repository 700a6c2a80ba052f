import { reasonIn } from '#protocol/reason.ts'
import { cutText } from '#state/cut-text.ts'

/** What was said, come to the point and short enough for one line. The terminal has the whole text. */
export const shortError = (message: string): string => cutText(reasonIn(message))
