import { type RefObject, useEffect } from 'react'
import type { Client } from '#protocol/client.ts'
import { clockStore } from '#state/clock.ts'

/** Calls `onFirst` when the element first comes into view, and lets the cluster's clock sleep while it is out of view. */
export function useVisibility(element: RefObject<HTMLElement | null>, client: Client | undefined, onFirst: (() => void) | undefined): void {
  useEffect(() => {
    const target = element.current
    if (!target || !onFirst) return
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return
      observer.disconnect()
      onFirst()
    })
    observer.observe(target)
    return () => observer.disconnect()
  }, [element, onFirst])

  useEffect(() => {
    const target = element.current
    if (!target || !client) return
    let asleep = false
    const sleep = (hidden: boolean) => {
      if (hidden ? asleep || !clockStore.getState().playing : !asleep) return
      asleep = hidden
      client.request('clock', { playing: !hidden }).catch(() => {})
    }
    const observer = new IntersectionObserver((entries) => sleep(!entries.at(-1)?.isIntersecting))
    const onHidden = () => sleep(document.hidden)
    observer.observe(target)
    document.addEventListener('visibilitychange', onHidden)
    return () => {
      observer.disconnect()
      document.removeEventListener('visibilitychange', onHidden)
    }
  }, [element, client])
}
