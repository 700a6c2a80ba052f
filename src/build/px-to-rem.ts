import type { Plugin } from 'vite'

/** Hairlines and what is hidden stay as thin as they are. */
const length = /(?<![\w.#]|\w-)(\d*\.?\d+)px\b/g

/** The style sheet's lengths and breakpoints, written in pixels of a 16 px root, in rem. */
export const pxToRem = (css: string): string =>
  css.replace(length, (px, number: string) => (Math.abs(Number(number)) <= 1 ? px : `${Number(number) / 16}rem`))

/**
 * A reader who asks the browser for bigger letters gets a bigger page, laid out as on a smaller screen, as with its zoom. Of our own
 * style sheets alone: the editor and React Flow measure in pixels.
 */
export function pxToRemPlugin(): Plugin {
  return {
    name: 'px-to-rem',
    enforce: 'pre',
    transform: {
      filter: { id: /\/src\/ui\/[^?]*\.css(\?|$)/ },
      handler: (css) => ({ code: pxToRem(css), map: null }),
    },
  }
}
