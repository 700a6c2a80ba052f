const focusable =
  'a[href], button:not(:disabled), input:not(:disabled):not([hidden]), select:not(:disabled), textarea:not(:disabled), [tabindex]:not([tabindex="-1"])'

/** Where something stands: what it is in, from the inside out, and at which place there. */
type Place = readonly { around: Element; at: number }[]

function placeOf(element: Element): Place {
  const place: { around: Element; at: number }[] = []
  for (let inner = element, around = inner.parentElement; around; inner = around, around = inner.parentElement)
    place.push({ around, at: Array.prototype.indexOf.call(around.children, inner) })
  return place
}

/** Safari before 17.4 cannot say it. */
const isSeen = (element: HTMLElement): boolean => element.checkVisibility?.({ visibilityProperty: true }) ?? element.getClientRects().length > 0

function firstIn(element: Element): HTMLElement | undefined {
  const all = element.matches(focusable) ? [element] : []
  return [...all, ...element.querySelectorAll(focusable)].find(
    (one): one is HTMLElement => one instanceof HTMLElement && one.tabIndex >= 0 && isSeen(one),
  )
}

/** What is nearest to a place now: what came into it, else what stands behind it, else before it. */
function nearest(place: Place): HTMLElement | undefined {
  for (const { around, at } of place) {
    if (!around.isConnected) continue
    const children = [...around.children]
    for (const child of [...children.slice(at), ...children.slice(0, at).reverse()]) {
      const found = firstIn(child)
      if (found) return found
    }
  }
  return undefined
}

/**
 * Where what had the focus goes away (a closed document, a removed node, a panel that made way for another), the focus goes to what is
 * nearest instead of being lost. Only where the focus is seen: who uses a pointer does not look for it.
 */
export function keepFocus(page: Document): void {
  let last: { element: Element; place: Place } | undefined
  const isLost = () => last !== undefined && !last.element.isConnected && (page.activeElement === page.body || page.activeElement === null)
  const observer = new MutationObserver(() => {
    // whoever took it away may have another place in mind
    if (isLost()) requestAnimationFrame(() => isLost() && last && nearest(last.place)?.focus())
  })
  const remember = (element: Element | null) => {
    last = element && element !== page.body ? { element, place: placeOf(element) } : undefined
  }
  page.addEventListener('focusin', ({ target }) => remember(target instanceof Element && target.matches(':focus-visible') ? target : null))
  // what was reached with the pointer and is used by key
  page.addEventListener('keydown', () => remember(page.activeElement), true)
  observer.observe(page, { childList: true, subtree: true })
}
