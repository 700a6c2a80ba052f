import type { Requests } from '#protocol/messages.ts'
import type { Scenario } from '#scenario/format.ts'
import { type Portions, playingStep, type StepPlayer } from '#scenario/play.ts'
import { Refusal } from './refusal.ts'
import type { Session } from './session.ts'
import { summarizeStep } from './summarize-step.ts'

/** The exit status of a line that was interrupted. */
const interrupted = 130

/**
 * Plays one step, or all that are left, of the opened scenario, in portions: each is echoed in the terminal and takes as much cluster time as in
 * a recording. Ends early when it is interrupted. Throws Refusal when no scenario is open.
 */
export function playScenario(session: Session, id: number, play: 'next' | 'all', done: (result: Requests['scenario']['out']) => void): void {
  const { scenario } = session.open
  if (!scenario) throw new Refusal('no scenario is open')
  session.perform(playing(session, scenario, id, play, done))
}

function* playing(
  session: Session,
  scenario: Scenario,
  id: number,
  play: 'next' | 'all',
  done: (r: Requests['scenario']['out']) => void,
): Portions<void> {
  const { open } = session
  const total = scenario.steps.length
  try {
    for (let step = scenario.steps[open.played]; step; step = play === 'all' ? scenario.steps[open.played] : undefined) {
      session.remember(summarizeStep(step).text)
      open.played++
      const exit = yield* playingStep(open.cluster, open.commands, step, terminalPlayer(session, id))
      if (exit === interrupted) return
      if (step.settle !== false) yield* open.cluster.settling()
      session.progress = open.played / total
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
