import { ChevronDown } from 'lucide-react'
import { type ComponentProps, type ReactNode, useRef, useState } from 'react'
import { Button } from './Button.tsx'
import { type MenuItem, MenuPopup } from './MenuPopup.tsx'

interface Props extends Omit<ComponentProps<typeof Button>, 'children'> {
  label: ReactNode
  /** The menu's name, and the button's where its label has no words. */
  'aria-label': string
  items: readonly MenuItem[]
}

/** A button that opens a menu. */
export function Menu({ label, items, ...rest }: Props) {
  const button = useRef<HTMLButtonElement>(null)
  const [anchor, setAnchor] = useState<HTMLElement>()
  // Pressing the button closes an open menu before the click arrives, which must not open it again.
  const wasOpen = useRef(false)
  return (
    <>
      <Button
        {...rest}
        ref={button}
        aria-haspopup="menu"
        aria-expanded={anchor !== undefined}
        onPointerDown={() => {
          wasOpen.current = anchor !== undefined
        }}
        onClick={(event) => {
          if (event.detail === 0 || !wasOpen.current) setAnchor(event.currentTarget)
        }}
      >
        {label}
        <ChevronDown aria-hidden="true" />
      </Button>
      {anchor && <MenuPopup label={rest['aria-label']} items={items} anchor={anchor} onClose={() => setAnchor(undefined)} />}
    </>
  )
}
