import { createContext, useContext } from 'react'
import type { Client } from '#protocol/client.ts'
import type { Question } from '#protocol/explain.ts'

/** What a card needs from the page around it. */
export interface CardContext {
  client: Client
  /** Shows the answer to a question where the page shows answers. */
  ask(question: Question): void
  /** Opens a node's menu at a point of the window; undefined where there is none. */
  openMenu?(node: string, x: number, y: number): void
  /** Names of the node actions that are not offered here. */
  without: ReadonlySet<string>
}

const context = createContext<CardContext | undefined>(undefined)

export const CardContextProvider = context.Provider

export function useCardContext(): CardContext {
  const value = useContext(context)
  if (!value) throw new Error('a card needs a CardContextProvider around it')
  return value
}
