/**
 * What the API server or kubectl said, without the object or the patch it was said of: the answer to a patch repeats all of it before it
 * comes to the point.
 */
export const reasonIn = (message: string): string =>
  message
    .replace(/(: Invalid value: )"(?:[^"\\]|\\.){100,}"/g, '$1"…"')
    .replace(/error when applying patch:\n.*\nto:\n[\s\S]*?\nfor: "[^"]*": (?:error when patching "[^"]*": )?/, '')
    .replace(/creating patch with:\noriginal:\n[\s\S]*\nfor: /, '')
    .replace(/patch:\n[\s\S]*\n(conflicts with changes made from original to current):\n[\s\S]*/, 'the patch $1')
