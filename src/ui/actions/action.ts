import type { LucideIcon } from 'lucide-react'
import type { Client } from '#protocol/client.ts'

/** What an action works with. Everything it changes goes through the engine or a store. */
export interface ActionContext {
  client: Client
}

/**
 * One thing the user can do. Toolbars, menus and keys are views of the lists in index.ts; to add an action, write one file and add
 * one line there. `Target` is what it is done to; `void` = the whole cluster or page.
 */
export interface Action<Target = void> {
  name: string
  label(target: Target): string
  icon: LucideIcon
  /** Key as in KeyboardEvent.key, `Mod+` before it for Ctrl or Cmd. Node actions' keys work while a node card has the focus. */
  shortcut?: string
  /** Another key for it, that is nowhere shown: for those who know it from elsewhere. */
  alsoBy?: string
  /** Whether it can be done now; absent = always. */
  when?(target: Target): boolean
  /** Whether it is offered at all; absent = always. */
  offered?(target: Target): boolean
  run(context: ActionContext, target: Target): void
  /** The command that it runs, where what that would do can be asked before. */
  line?(target: Target): string
}
