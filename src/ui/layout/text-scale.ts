/**
 * How much bigger than usual (16 px) the letters are that the reader asked the browser for. The style sheets follow by themselves, being
 * built in rem; what is worked out in pixels is multiplied by this. Read once: a change shows after a reload.
 */
export const textScale = typeof document === 'undefined' ? 1 : Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16 || 1
