import { useEffect, useRef, useState } from 'react'

/**
 * A value that may change with every frame, at most every `everyMs`: for what is too much to draw anew sixty times a second. The last
 * value always comes.
 */
export function useCalm<T>(value: T, everyMs: number): T {
  const [shown, setShown] = useState(value)
  const latest = useRef(value)
  const shownAt = useRef(0)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => {
    latest.current = value
    if (timer.current !== undefined || Object.is(shown, value)) return
    const wait = Math.max(0, shownAt.current + everyMs - performance.now())
    timer.current = setTimeout(() => {
      timer.current = undefined
      shownAt.current = performance.now()
      setShown(latest.current)
    }, wait)
  }, [value, shown, everyMs])
  useEffect(() => () => clearTimeout(timer.current), [])
  return shown
}
