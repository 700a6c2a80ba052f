import type { ComponentProps } from 'react'
import styles from './Button.module.css'

interface Props extends ComponentProps<'button'> {
  look?: 'normal' | 'primary' | 'quiet'
  /** Only an icon: needs an aria-label, which is also shown as the tooltip. */
  icon?: boolean
  tip?: string
  /** Each click of a double click counts. */
  repeats?: boolean
}

/** A push button; `type` is `button` unless given. A disabled one does nothing, but keeps the focus. */
export function Button({ look = 'normal', icon = false, tip, repeats = false, disabled = false, className = '', onClick, ...rest }: Props) {
  const classes = [styles.button, look === 'normal' ? '' : styles[look], icon ? styles.icon : '', className]
  return (
    <button
      type="button"
      className={classes.filter(Boolean).join(' ')}
      data-tip={tip ?? (icon ? rest['aria-label'] : undefined)}
      data-repeats={repeats || undefined}
      aria-disabled={disabled || undefined}
      onClick={disabled ? undefined : onClick}
      {...rest}
    />
  )
}
