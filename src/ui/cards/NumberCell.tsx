import { useEffect, useRef } from 'react'
import type { DaemonSetNumber } from '#protocol/explain.ts'
import { lightNodes } from '#state/session.ts'
import { en } from '../text/en.ts'
import { useCardContext } from './card-context.ts'
import styles from './NumberCell.module.css'

interface Props {
  namespace: string
  daemonset: string
  number: DaemonSetNumber
  value: number
  /** It is not what one would like it to be. */
  off: boolean
}

const settleMs = 120

/** One number: while the pointer or the focus is on it, the nodes it counts are lit, as the engine names them. */
export function NumberCell({ namespace, daemonset, number, value, off }: Props) {
  const { ask, client } = useCardContext()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const question = { about: 'number', namespace, daemonset, number } as const
  const light = () => {
    clearTimeout(timer.current)
    const started = setTimeout(() => {
      client.request('explain', { question }).then(
        ({ nodes }) => {
          if (timer.current === started) lightNodes(nodes)
        },
        () => {},
      )
    }, settleMs)
    timer.current = started
  }
  const dark = () => {
    clearTimeout(timer.current)
    timer.current = undefined
    lightNodes([])
  }
  useEffect(() => () => clearTimeout(timer.current), [])
  return (
    <button
      type="button"
      className={styles.number}
      data-off={off || undefined}
      aria-label={en.daemonSets.numberOf(daemonset, en.daemonSets[number], value)}
      onPointerEnter={light}
      onPointerLeave={dark}
      onFocus={light}
      onBlur={dark}
      onClick={() => ask(question)}
    >
      {value}
    </button>
  )
}
