/** Beats without a word from the worker before it is called silent. */
const patience = 5

/** Whether somebody who is asked now and then still answers. Counted in beats: a page that sleeps, or is busy itself, counts none meanwhile. */
export interface AnswerWatch {
  /** Now and then, while somebody looks. */
  beat(): void
  /** Whatever was said is an answer. */
  heard(): void
  /** Nobody looks, or there is nobody to ask: what was counted is of no interest. */
  forget(): void
}

/** `ask` puts the question; `tell` is told when there was no answer for long, and when there is one after all. */
export function createAnswerWatch(ask: () => void, tell: (silent: boolean) => void): AnswerWatch {
  let missed = 0
  let silent = false
  const forget = () => {
    missed = 0
  }
  return {
    beat: () => {
      missed += 1
      // one question is enough: it waits at the door of whoever is busy
      if (missed === 1) ask()
      if (missed <= patience || silent) return
      silent = true
      tell(true)
    },
    heard: () => {
      forget()
      if (!silent) return
      silent = false
      tell(false)
    },
    forget,
  }
}
