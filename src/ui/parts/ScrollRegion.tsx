import type { ComponentProps } from 'react'

/** A named region that scrolls; the keyboard can reach it to scroll. Children decide their own layout. */
export function ScrollRegion({ label, ...rest }: ComponentProps<'section'> & { label: string }) {
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
  return <section tabIndex={0} aria-label={label} {...rest} />
}
