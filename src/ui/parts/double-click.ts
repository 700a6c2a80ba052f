/** The button a click is for: its own, or none. */
type Pressed = object | null

/**
 * Whether a click counts, told of each in turn. The second click of a double click is no wish of its own: nor on a button that is made for
 * one click, nor on what has come into the place of the button that was clicked first. `count` is the browser's (`detail`; a key has 0).
 */
export function createClickJudge(repeats: (button: object) => boolean): (pressed: Pressed, count: number) => boolean {
  let first: Pressed = null
  return (pressed, count) => {
    if (count > 1) return pressed === first && (pressed === null || repeats(pressed))
    first = pressed
    return true
  }
}

/** Keeps the page from taking a double click for two wishes. Buttons with `data-repeats` take each click. */
export function ignoreSecondClicks(page: Document): void {
  const counts = createClickJudge((button) => button instanceof HTMLElement && button.dataset.repeats !== undefined)
  const pressedBy = ({ target }: Event) => (target instanceof Element ? target.closest('button') : null)
  // what opened under the pointer keeps the focus
  page.addEventListener('mousedown', (event) => event.detail > 1 && !counts(pressedBy(event), event.detail) && event.preventDefault(), true)
  page.addEventListener(
    'click',
    (event) => {
      if (counts(pressedBy(event), event.detail)) return
      event.preventDefault()
      event.stopPropagation()
    },
    true,
  )
}
