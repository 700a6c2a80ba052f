/** Menus and tooltips are native popovers. Firefox before 125 and Safari before 17 have none and are given them. */
export async function providePopovers(): Promise<void> {
  if (!('popover' in HTMLElement.prototype)) await import('@oddbird/popover-polyfill')
}
