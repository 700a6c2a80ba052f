import { useEffect } from 'react'
import type { Action, ActionContext } from './action.ts'
import { actions } from './index.ts'
import { pressedKey } from './pressed-key.ts'

const typing = 'input, textarea, select, [contenteditable], .monaco-editor, dialog'
/** These keys mean something to the element that has the focus. */
const activating = 'button, a, summary, [role=tab], [role=separator], [role^=menuitem]'

function matches(shortcut: string, event: KeyboardEvent): boolean {
  const mod = event.ctrlKey || event.metaKey
  if (!shortcut.startsWith('Mod+')) return !mod && !event.altKey && pressedKey(event) === shortcut
  const rest = shortcut.slice(4)
  const shift = rest.startsWith('Shift+')
  return mod && event.shiftKey === shift && pressedKey(event).toLowerCase() === (shift ? rest.slice(6) : rest)
}

const isKeyOf = ({ shortcut, alsoBy }: Action, event: KeyboardEvent) => [shortcut, alsoBy].some((one) => one !== undefined && matches(one, event))

/** The keys of the page, read from the list of actions. Where text is typed they keep away. */
export function useKeys(context: ActionContext): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const target = event.target instanceof Element ? event.target : document.body
      if (event.defaultPrevented || target.closest(typing) || (event.key === ' ' && target.closest(activating))) return
      const action = actions.find((one) => isKeyOf(one, event) && (one.offered?.() ?? true))
      if (!action) return
      // also where nothing is left to do: the browser would take back what was typed elsewhere, and go there
      event.preventDefault()
      if (action.when?.() ?? true) action.run(context)
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [context])
}
