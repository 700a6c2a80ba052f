import type { NodeStatus } from '#state/node-status.ts'
import styles from './StatusGlyph.module.css'

/** Four different pictures, told apart by shape as well as by colour; the words stand beside it in the card. */
export function StatusGlyph({ status }: { status: NodeStatus }) {
  const shape = status.readiness === 'ready' && status.cordoned ? 'cordoned' : status.readiness
  return (
    <svg className={styles.glyph} data-shape={shape} viewBox="0 0 16 16" aria-hidden="true">
      <circle cx="8" cy="8" r="6.6" className={styles.disc} />
      {shape === 'ready' && <path d="M5 8.3 7.2 10.4 11.1 5.8" />}
      {shape === 'not-ready' && <path d="M5.6 5.6 10.4 10.4M10.4 5.6 5.6 10.4" />}
      {shape === 'unknown' && <path d="M6.2 6.5C6.2 4 9.9 4.1 9.9 6.4 9.9 7.9 8 7.9 8 9.3M8 11.6V11.7" />}
      {shape === 'cordoned' && <path d="M4.8 8H11.2" />}
    </svg>
  )
}
