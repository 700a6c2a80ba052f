import { useEffect, useRef } from 'react'
import styles from './TooltipLayer.module.css'

const delayMs = 350
const gap = 8

function place(tip: HTMLElement, target: Element): void {
  const anchor = target.getBoundingClientRect()
  const { width, height } = tip.getBoundingClientRect()
  const left = Math.max(gap, Math.min(anchor.left + anchor.width / 2 - width / 2, innerWidth - width - gap))
  const below = anchor.bottom + gap
  const top = below + height > innerHeight - gap ? anchor.top - height - gap : below
  tip.style.translate = `${Math.round(left)}px ${Math.round(Math.max(gap, top))}px`
}

/**
 * One tooltip for the whole page: shows the `data-tip` text of what the pointer is on or the keyboard has focused. Escape hides it.
 * It only repeats or adds to an accessible name, so it is hidden from screen readers.
 */
export function TooltipLayer() {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const tip = box.current
    if (!tip) return
    let timer: ReturnType<typeof setTimeout> | undefined
    let current: Element | undefined
    const hide = () => {
      clearTimeout(timer)
      current = undefined
      if (tip.matches(':popover-open')) tip.hidePopover()
    }
    const show = (target: Element, wait: number) => {
      if (target === current) return
      hide()
      current = target
      timer = setTimeout(() => {
        const text = target.getAttribute('data-tip')
        if (!text || !target.isConnected) return
        tip.textContent = text
        tip.showPopover()
        place(tip, target)
      }, wait)
    }
    const tipped = (event: Event) => (event.target instanceof Element ? event.target.closest('[data-tip]') : null)
    const onOver = (event: PointerEvent) => {
      const target = event.pointerType === 'touch' ? null : tipped(event)
      if (target) show(target, delayMs)
      else hide()
    }
    const onFocus = (event: FocusEvent) => {
      const target = tipped(event)
      if (target?.matches(':focus-visible')) show(target, 0)
    }
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') hide()
    }
    const listening = new AbortController()
    const { signal } = listening
    document.addEventListener('pointerover', onOver, { signal })
    document.addEventListener('focusin', onFocus, { signal })
    document.addEventListener('focusout', hide, { signal })
    document.addEventListener('pointerdown', hide, { signal, capture: true })
    document.addEventListener('keydown', onKey, { signal })
    document.addEventListener('scroll', hide, { signal, capture: true, passive: true })
    return () => {
      clearTimeout(timer)
      listening.abort()
    }
  }, [])
  return <div ref={box} popover="manual" aria-hidden="true" className={styles.tip} />
}
