import { useEffect, useRef } from 'react'
import type { Question } from '#protocol/explain.ts'
import { lightNodes } from '#state/session.ts'
import { useCardContext } from './card-context.ts'

const settleMs = 120

/** Handlers of a control that stands for a question: while the pointer or the focus is on it, the nodes of the answer are lit; a click asks. */
export function useLitNodes(question: Question) {
  const { ask, client } = useCardContext()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
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
  return { onPointerEnter: light, onPointerLeave: dark, onFocus: light, onBlur: dark, onClick: () => ask(question) }
}
