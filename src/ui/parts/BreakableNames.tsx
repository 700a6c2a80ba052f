import { breakLongWords } from './break-long-words.ts'

/** A text whose long keys break behind a slash or a colon, where a break is needed. */
export function BreakableNames({ text }: { text: string }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: places to break have no other identity
  return breakLongWords(text).flatMap((piece, at) => (at === 0 ? piece : [<wbr key={at} />, piece]))
}
