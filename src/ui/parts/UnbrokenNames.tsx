import { Fragment } from 'react'
import styles from './UnbrokenNames.module.css'

/** A sentence in which names such as `worker-0` stay on one line; one that has no room at all is cut, and whole in its title. */
export function UnbrokenNames({ text }: { text: string }) {
  return text.split(/(\s+)/).map((word, at) =>
    /\w-\w/.test(word) ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: words never move
      <span key={at} className={styles.name} title={word}>
        {word}
      </span>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: words never move
      <Fragment key={at}>{word}</Fragment>
    ),
  )
}
