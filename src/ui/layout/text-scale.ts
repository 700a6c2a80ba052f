import { useSyncExternalStore } from 'react'

/**
 * How much bigger than usual (16 px) the letters are that the reader asked the browser for. The style sheets follow by themselves, being
 * built in rem; what is worked out in pixels is multiplied by this.
 */
export const textScale = (): number => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16 || 1

/** Calls when the reader has chosen another size. Returns how to stop that. */
export function followTextScale(onChange: () => void): () => void {
  const letter = document.createElement('div')
  letter.style.cssText = 'position:absolute;width:1rem;visibility:hidden'
  document.body.append(letter)
  const observer = new ResizeObserver(onChange)
  observer.observe(letter)
  return () => {
    observer.disconnect()
    letter.remove()
  }
}

export const useTextScale = (): number => useSyncExternalStore(followTextScale, textScale)
