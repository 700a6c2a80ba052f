import styles from './forms.module.css'

/** Why what a form says was refused; it stays as it was typed. */
export function Refused({ text }: { text: string | undefined }) {
  return text === undefined ? null : (
    <p role="alert" className={styles.refused}>
      {text}
    </p>
  )
}
