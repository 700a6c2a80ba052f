import type { ComponentProps } from 'react'

interface Props extends Omit<ComponentProps<'input'>, 'onChange'> {
  label: string
  /** What is wrong with it stands elsewhere. */
  isWrong?: boolean
  onChange(text: string): void
}

/** A line of text with its name; names and quantities are no words to check the spelling of. */
export function TextField({ label, isWrong = false, onChange, ...rest }: Props) {
  return (
    <label>
      {label}
      <input {...rest} aria-invalid={isWrong} spellCheck={false} onChange={(event) => onChange(event.target.value)} />
    </label>
  )
}
