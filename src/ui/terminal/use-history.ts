import { useRef, useState } from 'react'
import { terminalStore } from '#state/terminal.ts'

export interface HistoryWalk {
  /** One line back (-1) or forward; the line as typed is kept as its newest entry meanwhile. */
  move(by: 1 | -1): void
  /** On to the next older line that contains what was typed. */
  search(): void
  leave(): void
  /** What is searched for, while one searches; `isFound` is false when there is no older one. */
  searched: { text: string; isFound: boolean } | undefined
}

/** The way through the commands of before. */
export function useHistory(line: string, change: (line: string) => void): HistoryWalk {
  const at = useRef(0)
  const typed = useRef('')
  const [searched, setSearched] = useState<HistoryWalk['searched']>()
  return {
    searched,
    move: (by) => {
      const { history } = terminalStore.getState()
      if (at.current === 0) typed.current = line
      const next = at.current - by
      if (next < 0 || next > history.length) return
      at.current = next
      change(next === 0 ? typed.current : (history.at(-next) ?? ''))
    },
    search: () => {
      const { history } = terminalStore.getState()
      if (at.current === 0) typed.current = line
      const text = searched?.text ?? line
      let next = at.current + 1
      while (next <= history.length && (!history.at(-next)?.includes(text) || history.at(-next) === line)) next += 1
      const isFound = next <= history.length
      setSearched({ text, isFound })
      if (!isFound) return
      at.current = next
      change(history.at(-next) ?? '')
    },
    leave: () => {
      at.current = 0
      setSearched(undefined)
    },
  }
}
