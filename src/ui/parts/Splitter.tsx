import { type KeyboardEvent, type PointerEvent, useRef } from 'react'
import styles from './Splitter.module.css'

interface Props {
  label: string
  /** `vertical` = an upright bar between left and right. */
  direction: 'vertical' | 'horizontal'
  /** Share of the parent element, 0 … 1, that lies before the bar. */
  value: number
  min: number
  max: number
  onChange(value: number): void
  className?: string
}

const keyStep = 0.02

/** A bar to drag between two panels; arrow keys move it too. The parent element is what it divides. */
export function Splitter({ label, direction, value, min, max, onChange, className = '' }: Props) {
  const bar = useRef<HTMLDivElement>(null)
  const set = (wish: number) => onChange(Math.max(min, Math.min(max, wish)))
  const onMove = (event: PointerEvent) => {
    const parent = bar.current?.parentElement
    if (!parent || !bar.current?.hasPointerCapture(event.pointerId)) return
    const box = parent.getBoundingClientRect()
    set(direction === 'vertical' ? (event.clientX - box.left) / box.width : (event.clientY - box.top) / box.height)
  }
  const onKey = (event: KeyboardEvent) => {
    const back = direction === 'vertical' ? 'ArrowLeft' : 'ArrowUp'
    const forth = direction === 'vertical' ? 'ArrowRight' : 'ArrowDown'
    if (event.key !== back && event.key !== forth) return
    event.preventDefault()
    set(value + (event.key === back ? -keyStep : keyStep))
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: an hr takes no focus and no value
    <div
      ref={bar}
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={direction}
      aria-valuenow={Math.round(value * 100)}
      aria-valuemin={Math.round(min * 100)}
      aria-valuemax={Math.round(max * 100)}
      className={`${styles.splitter} ${styles[direction]} ${className}`}
      onPointerDown={(event) => {
        event.preventDefault()
        bar.current?.setPointerCapture(event.pointerId)
      }}
      onPointerMove={onMove}
      onKeyDown={onKey}
    />
  )
}
