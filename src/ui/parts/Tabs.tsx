import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useId, useRef } from 'react'
import styles from './Tabs.module.css'

export interface Tab<Id extends string> {
  id: Id
  label: ReactNode
}

interface Props<Id extends string> {
  label: string
  tabs: readonly Tab<Id>[]
  active: Id
  onChange(id: Id): void
  children: ReactNode
  /** Behind the tabs, at the right end. */
  tail?: ReactNode
}

/** What is seen of the tab beside the one that is shown, px. */
const besideTab = 24

/** The shown tab is in sight, also when there is less room, or something else than its tab showed it. */
function useTabInSight(list: RefObject<HTMLElement | null>, active: string): void {
  useEffect(() => {
    const { current } = list
    const tab = current?.querySelector<HTMLElement>(`[data-tab="${active}"]`)
    if (!current || !tab) return
    // tells at once, too
    const observer = new ResizeObserver(() => {
      const room = current.getBoundingClientRect()
      const { left, right } = tab.getBoundingClientRect()
      if (left < room.left) current.scrollLeft += left - room.left - besideTab
      else if (right > room.right) current.scrollLeft += right - room.right + besideTab
    })
    observer.observe(current)
    return () => observer.disconnect()
  }, [list, active])
}

/** Tabs with their panel. Arrow keys move between tabs and show at once. */
export function Tabs<Id extends string>({ label, tabs, active, onChange, children, tail }: Props<Id>) {
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  useTabInSight(list, active)
  const onKey = (event: KeyboardEvent) => {
    const at = tabs.findIndex((tab) => tab.id === active)
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1 + tabs.length, Home: 0, End: tabs.length - 1 }[event.key]
    const tab = to === undefined ? undefined : tabs[to % tabs.length]
    if (!tab) return
    event.preventDefault()
    onChange(tab.id)
    list.current?.querySelector<HTMLElement>(`[data-tab="${tab.id}"]`)?.focus()
  }
  return (
    <div className={styles.tabs}>
      <div className={styles.head}>
        <div ref={list} role="tablist" aria-label={label} className={styles.list} onKeyDown={onKey}>
          {tabs.map((tab) => (
            <button
              key={tab.id}
              type="button"
              role="tab"
              id={`${id}-${tab.id}`}
              data-tab={tab.id}
              aria-selected={tab.id === active}
              aria-controls={`${id}-panel`}
              tabIndex={tab.id === active ? 0 : -1}
              className={styles.tab}
              onClick={() => onChange(tab.id)}
            >
              {tab.label}
            </button>
          ))}
        </div>
        {tail}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${active}`} className={styles.panel}>
        {children}
      </div>
    </div>
  )
}
