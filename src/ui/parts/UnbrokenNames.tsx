import { Fragment } from 'react'
import styles from './UnbrokenNames.module.css'

/** Longer words than this may break after a dot or slash. */
const longWord = 24

const piecesOf = (word: string): string[] => (word.length > longWord ? word.split(/(?<=\w[./])(?=\w)/) : [word])

/**
 * A sentence in which names such as `worker-0` stay on one line; one that has no room at all is cut, and whole in its title. Long paths of
 * fields break at their dots.
 */
export function UnbrokenNames({ text }: { text: string }) {
  return text.split(/(\s+)/).flatMap((word, at) =>
    piecesOf(word).map((piece, part) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: words never move
      <Fragment key={`${at} ${part}`}>
        {part > 0 && <wbr />}
        {/\w-\w/.test(piece) ? (
          <span className={styles.name} title={piece}>
            {piece}
          </span>
        ) : (
          piece
        )}
      </Fragment>
    )),
  )
}
