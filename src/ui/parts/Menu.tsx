import { ChevronDown } from 'lucide-react'
import { type ComponentProps, type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react'
import { Button } from './Button.tsx'
import styles from './Menu.module.css'

export interface MenuItem {
  key: string
  label: string
  /** Second line, or what the item stands for. */
  detail?: string
  icon?: ReactNode
  /** Shown before this item. */
  heading?: string
  disabled?: boolean
  checked?: boolean
  run(): void
}

interface Props extends Omit<ComponentProps<typeof Button>, 'children'> {
  label: ReactNode
  items: readonly MenuItem[]
  /** Without the small arrow. */
  bare?: boolean
}

/** Below the anchor, or above where there is no room. */
export function placeMenu(menu: HTMLElement, anchor: Pick<DOMRect, 'left' | 'top' | 'bottom'>): void {
  const { width, height } = menu.getBoundingClientRect()
  menu.style.left = `${Math.max(8, Math.min(anchor.left, innerWidth - width - 8))}px`
  const below = anchor.bottom + 4
  menu.style.top = `${below + height > innerHeight - 8 ? Math.max(8, anchor.top - height - 4) : below}px`
}

/** A button that opens a menu (native popover). Arrows, Home, End and first letters move; Escape closes. */
export function Menu({ label, items, bare = false, ...rest }: Props) {
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const menu = useRef<HTMLDivElement>(null)
  const [open, setOpen] = useState(false)

  const entries = () => [...(menu.current?.querySelectorAll<HTMLElement>('[role^=menuitem]:not(:disabled)') ?? [])]
  const onToggle = (opened: boolean) => {
    setOpen(opened)
    if (!opened || !menu.current || !button.current) return
    placeMenu(menu.current, button.current.getBoundingClientRect())
    entries()[0]?.focus()
  }
  const onKey = (event: KeyboardEvent) => {
    const list = entries()
    const at = list.indexOf(document.activeElement as HTMLElement)
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 + list.length, Home: 0, End: list.length - 1 }[event.key]
    const byLetter = to === undefined && /^\S$/.test(event.key) && !event.ctrlKey && !event.metaKey
    if (event.key === 'Tab') menu.current?.hidePopover()
    if (to !== undefined) list[to % list.length]?.focus()
    else if (byLetter) [...list.slice(at + 1), ...list].find((item) => item.textContent?.toLowerCase().startsWith(event.key.toLowerCase()))?.focus()
    else return
    event.preventDefault()
  }

  return (
    <>
      <Button {...rest} ref={button} popoverTarget={id} aria-haspopup="menu" aria-expanded={open}>
        {label}
        {bare ? null : <ChevronDown aria-hidden="true" />}
      </Button>
      <div
        ref={menu}
        id={id}
        popover="auto"
        role="menu"
        tabIndex={-1}
        className={styles.menu}
        onToggle={(event) => onToggle(event.newState === 'open')}
        onKeyDown={onKey}
      >
        {open && items.map((item) => <Entry key={item.key} item={item} close={() => menu.current?.hidePopover()} />)}
      </div>
    </>
  )
}

function Entry({ item, close }: { item: MenuItem; close(): void }) {
  const choose = () => {
    close()
    item.run()
  }
  const checkable = item.checked !== undefined
  return (
    <>
      {item.heading === undefined ? null : (
        <div role="presentation" className={styles.heading}>
          {item.heading}
        </div>
      )}
      <button
        type="button"
        {...(checkable ? { role: 'menuitemradio', 'aria-checked': item.checked } : { role: 'menuitem' })}
        className={styles.item}
        disabled={item.disabled}
        onClick={choose}
      >
        <span className={styles.icon}>{checkable && item.checked ? '✓' : item.icon}</span>
        <span className={styles.text}>
          {item.label}
          {item.detail === undefined ? null : <small>{item.detail}</small>}
        </span>
      </button>
    </>
  )
}
