import type { ReactNode } from 'react'
import styles from './Empty.module.css'

interface Props {
  title: string
  hint: string
  children?: ReactNode
}

/** What an empty panel says: what it is for, and what to do first. */
export function Empty({ title, hint, children }: Props) {
  return (
    <div className={styles.empty}>
      <strong>{title}</strong>
      {hint && <p>{hint}</p>}
      {children ? <div className={styles.actions}>{children}</div> : null}
    </div>
  )
}
