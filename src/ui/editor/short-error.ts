import { cutText } from '#state/cut-text.ts'

/**
 * What the API server said, without the object or the patch it was said of: the answer to a patch repeats all of it before it comes to the
 * point. The terminal has the whole text.
 */
export const shortError = (message: string): string =>
  cutText(
    message
      .replace(/(: Invalid value: )"(?:[^"\\]|\\.){100,}"/g, '$1"…"')
      .replace(/error when applying patch:\n.*\nto:\n[\s\S]*?\nfor: "[^"]*": (?:error when patching "[^"]*": )?/, '')
      .replace(/creating patch with:\noriginal:\n[\s\S]*\nfor: /, ''),
  )
