import styles from './BreakableNames.module.css'
import { breakLongWords } from './break-long-words.ts'

/** Words such as `worker-0` and `-o`, short enough for any line. */
const shortName = /(?<!\S)(?=\S{1,20}(?!\S))(\S*-\S+)/

/** A text whose short names stay on one line, and whose long keys break behind a slash or a colon, where a break is needed. */
export function BreakableNames({ text }: { text: string }) {
  return text.split(shortName).flatMap((part, at) =>
    at % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: words never move
      <span key={at} className={styles.name}>
        {part}
      </span>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: places to break have no other identity
      breakLongWords(part).flatMap((piece, place) => (place === 0 ? piece : [<wbr key={`${at} ${place}`} />, piece]))
    ),
  )
}
