import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'
import styles from './Menu.module.css'

export interface MenuItem {
  key: string
  label: string
  /** Second line, or what the item stands for. */
  detail?: string
  icon?: ReactNode
  /** The key that does the same. */
  keys?: string
  /** Shown before this item. */
  heading?: string
  disabled?: boolean
  checked?: boolean
  run(): void
}

interface Props {
  id?: string
  label: string
  items: readonly MenuItem[]
  /** What it hangs on: an element, or a point of the window. */
  anchor: Element | { x: number; y: number }
  onClose(): void
}

/** Below the anchor, or above where there is no room. */
function place(menu: HTMLElement, anchor: Props['anchor']): void {
  const box = anchor instanceof Element ? anchor.getBoundingClientRect() : { left: anchor.x, top: anchor.y, bottom: anchor.y }
  const { width, height } = menu.getBoundingClientRect()
  menu.style.left = `${Math.max(8, Math.min(box.left, innerWidth - width - 8))}px`
  const below = box.bottom + 4
  menu.style.top = `${below + height > innerHeight - 8 ? Math.max(8, box.top - height - 4) : below}px`
}

const entriesOf = (menu: HTMLElement | null) => [...(menu?.querySelectorAll<HTMLElement>('[role^=menuitem]:not(:disabled)') ?? [])]

/** What the browser does for menus that hang on an element: a press elsewhere and Escape close; the focus goes back to where it was. */
function closeElsewhere(menu: HTMLElement): () => void {
  const before = document.activeElement
  const opened = new AbortController()
  const onPress = (event: Event) => {
    if (!menu.contains(event.target as Node)) menu.hidePopover()
  }
  const onEscape = (event: globalThis.KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    menu.hidePopover()
  }
  const { signal } = opened
  addEventListener('pointerdown', onPress, { capture: true, signal })
  addEventListener('blur', () => menu.hidePopover(), { signal })
  menu.addEventListener('keydown', onEscape, { signal })
  menu.addEventListener(
    'beforetoggle',
    (event) => {
      if ((event as ToggleEvent).newState === 'closed' && menu.contains(document.activeElement) && before instanceof HTMLElement) before.focus()
    },
    { signal },
  )
  return () => opened.abort()
}

/** An open menu (native popover). Arrows, Home, End and first letters move; Escape, Tab and a click elsewhere close it. */
export function MenuPopup({ id, label, items, anchor, onClose }: Props) {
  const menu = useRef<HTMLDivElement>(null)
  const atPoint = !(anchor instanceof Element)
  // before the menu takes the focus
  useEffect(() => (atPoint && menu.current ? closeElsewhere(menu.current) : undefined), [atPoint])
  useEffect(() => {
    const element = menu.current
    if (!element) return
    if (!element.matches(':popover-open')) element.showPopover()
    place(element, anchor)
    const [first] = entriesOf(element)
    ;(element.querySelector<HTMLElement>('[aria-checked=true]') ?? first)?.focus()
  }, [anchor])
  const onKey = (event: KeyboardEvent) => {
    const list = entriesOf(menu.current)
    const at = list.indexOf(document.activeElement as HTMLElement)
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 + list.length, Home: 0, End: list.length - 1 }[event.key]
    const letter = /^\S$/.test(event.key) && !event.ctrlKey && !event.metaKey ? event.key.toLowerCase() : undefined
    if (event.key === 'Tab') menu.current?.hidePopover()
    if (to !== undefined) list[to % list.length]?.focus()
    else if (letter) [...list.slice(at + 1), ...list].find((item) => item.textContent?.toLowerCase().startsWith(letter))?.focus()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div
      ref={menu}
      id={id}
      // the browser would close an automatic one when the button is released that opened it
      popover={atPoint ? 'manual' : 'auto'}
      role="menu"
      aria-label={label}
      tabIndex={-1}
      className={styles.menu}
      onToggle={(event) => event.newState === 'closed' && onClose()}
      onKeyDown={onKey}
    >
      {items.map((item) => (
        <Entry key={item.key} item={item} close={() => menu.current?.hidePopover()} />
      ))}
    </div>
  )
}

function Entry({ item, close }: { item: MenuItem; close(): void }) {
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
        onClick={() => {
          close()
          item.run()
        }}
      >
        <span aria-hidden="true" className={styles.icon}>
          {checkable && item.checked ? '✓' : item.icon}
        </span>
        <span className={styles.text}>
          {item.label}
          {item.detail === undefined ? null : <small>{item.detail}</small>}
        </span>
        {item.keys === undefined ? null : (
          <span aria-hidden="true" className={styles.keys}>
            {item.keys}
          </span>
        )}
      </button>
    </>
  )
}
