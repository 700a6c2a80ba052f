import { ChevronDown } from 'lucide-react'
import { type ComponentProps, type ReactNode, useId, useState } from 'react'
import { Button } from './Button.tsx'
import { type MenuItem, MenuPopup } from './MenuPopup.tsx'

interface Props extends Omit<ComponentProps<typeof Button>, 'children'> {
  label: ReactNode
  /** The menu's name, and the button's where its label has no words. */
  'aria-label': string
  items: readonly MenuItem[]
}

/** A button that opens a menu: with a click, Enter, Space, or the arrow to it. */
export function Menu({ label, items, ...rest }: Props) {
  const id = useId()
  const [anchor, setAnchor] = useState<HTMLElement>()
  return (
    <>
      <Button
        {...rest}
        // the browser closes an open menu itself, when its button is clicked and not already when it is pressed
        popoverTarget={id}
        aria-haspopup="menu"
        aria-expanded={anchor !== undefined}
        onClick={(event) => {
          if (anchor) return
          // by then it is open: the browser would close it at once
          event.preventDefault()
          setAnchor(event.currentTarget)
        }}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' || anchor) return
          event.preventDefault()
          setAnchor(event.currentTarget)
        }}
      >
        {label}
        <ChevronDown aria-hidden="true" />
      </Button>
      {anchor && <MenuPopup id={id} label={rest['aria-label']} items={items} anchor={anchor} onClose={() => setAnchor(undefined)} />}
    </>
  )
}
