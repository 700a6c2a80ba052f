import { useSyncExternalStore } from 'react'

export type LayoutSize = 'wide' | 'medium' | 'narrow'

// in letters of the size that the reader chose
const wide = '(min-width: 73.75em) and (min-height: 47.5em)'
const medium = '(min-width: 53.75em)'

function subscribe(onChange: () => void): () => void {
  const queries = [wide, medium].map((query) => matchMedia(query))
  for (const query of queries) query.addEventListener('change', onChange)
  return () => {
    for (const query of queries) query.removeEventListener('change', onChange)
  }
}

const read = (): LayoutSize => (matchMedia(wide).matches ? 'wide' : matchMedia(medium).matches ? 'medium' : 'narrow')

/** How much room there is: two panels beside the canvas, one, or all below it. */
export function useLayoutSize(): LayoutSize {
  return useSyncExternalStore(subscribe, read)
}
