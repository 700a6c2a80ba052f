import type { Requests } from '#protocol/messages.ts'
import type { Scenario } from '#scenario/format.ts'
import { playingStep, type StepPlayer } from '#scenario/play.ts'
import { Refusal } from './refusal.ts'
import { interrupted, type Session, type Work } from './session.ts'
import { type Pace, shown } from './show.ts'
import { summarizeStep } from './summarize-step.ts'

/** One step is there to be looked at; all of them are, too, but not for minutes. */
const paces: Record<'next' | 'all', Pace> = {
  next: { longestRestMs: 700, inAllMs: 8000 },
  all: { longestRestMs: 250, inAllMs: 3000 },
}

/**
 * Plays one step, or all that are left, of the opened scenario, in portions: each is echoed in the terminal, takes as much cluster time as in
 * a recording, and is shown at a pace that can be followed. A step that is still being shown is brought to its end before. Ends early when it
 * is interrupted. Throws Refusal when no scenario is open.
 */
export function playScenario(session: Session, id: number, play: 'next' | 'all', done: (result: Requests['scenario']['out']) => void): void {
  const { scenario } = session.open
  if (!scenario) throw new Refusal('no scenario is open')
  session.endShow()
  session.perform(playing(session, scenario, id, play, done), true)
}

function* playing(session: Session, scenario: Scenario, id: number, play: 'next' | 'all', done: (r: Requests['scenario']['out']) => void): Work {
  const { open } = session
  const total = scenario.steps.length
  try {
    for (let step = scenario.steps[open.played]; step; step = play === 'all' ? scenario.steps[open.played] : undefined) {
      session.remember(summarizeStep(step).text)
      session.progress = open.played / total
      open.played++
      const exit = yield* shown(session, playingStep(open.cluster, open.commands, step, terminalPlayer(session, id)), paces[play])
      if (exit === interrupted) return
      if (step.settle !== false) yield* shown(session, open.cluster.settling(), paces[play])
      // somebody does something else with it
      if (session.isHurried) return
    }
  } finally {
    done({ done: open.played, total })
  }
}

/** What a step does is echoed in the terminal, and its output shown there. */
const terminalPlayer = (session: Session, id: number): StepPlayer => ({
  fault(fault, text) {
    session.output(id, 'echo', `# outside Kubernetes: ${text}`)
    session.fault(fault, text)
  },
  run(line, stdin, ended) {
    session.runLine(id, line, { stdin, echo: 'scenario' }, ended)
    return id
  },
  wait: (seconds) => session.output(id, 'echo', `# ${seconds} s pass`),
})
