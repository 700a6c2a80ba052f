import type { KeyboardEvent, PointerEvent } from 'react'
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
  const set = (wish: number) => onChange(Math.max(min, Math.min(max, wish)))
  const shareAt = (element: Element, x: number, y: number) => {
    const box = (element.parentElement as Element).getBoundingClientRect()
    return direction === 'vertical' ? (x - box.left) / box.width : (y - box.top) / box.height
  }
  const onMove = ({ currentTarget, pointerId, clientX, clientY }: PointerEvent) => {
    if (currentTarget.hasPointerCapture(pointerId)) set(shareAt(currentTarget, clientX, clientY))
  }
  const onKey = (event: KeyboardEvent) => {
    const back = direction === 'vertical' ? 'ArrowLeft' : 'ArrowUp'
    const forth = direction === 'vertical' ? 'ArrowRight' : 'ArrowDown'
    if (event.key !== back && event.key !== forth) return
    event.preventDefault()
    // from where the bar stands, which what it divides may have moved
    const { left, top } = event.currentTarget.getBoundingClientRect()
    set(shareAt(event.currentTarget, left, top) + (event.key === back ? -keyStep : keyStep))
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: an hr takes no focus and no value
    <div
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
        event.currentTarget.setPointerCapture(event.pointerId)
      }}
      onPointerMove={onMove}
      onKeyDown={onKey}
    />
  )
}
