import type { Requests } from '#protocol/messages.ts'
import type { Step } from '#scenario/format.ts'
import { describeAction } from '#scenario/play.ts'
import { Refusal } from './refusal.ts'
import type { Session } from './session.ts'

const settleMs = 2500

/**
 * Plays one step, or all that are left, of the opened scenario: each is echoed in the terminal and takes as much cluster
 * time as in a recording. Ends early when it is interrupted.
 */
export function playScenario(session: Session, id: number, play: 'next' | 'all', done: (result: Requests['scenario']['out']) => void): void {
  const { open } = session
  const { scenario } = open
  if (!scenario) throw new Refusal('no scenario is open')
  const total = scenario.steps.length
  const next = scenario.steps[open.played]
  if (!next) {
    done({ done: total, total })
    return
  }
  session.remember()
  open.played++
  playStep(session, id, next, (finished) => {
    session.open.cluster.settle(settleMs)
    session.flush()
    if (play === 'all' && finished && session.open === open) playScenario(session, id, play, done)
    else done({ done: open.played, total })
  })
}

function playStep(session: Session, id: number, step: Step, ended: (finished: boolean) => void): void {
  const { cluster, commands } = session.open
  const outside = (text: string) => session.output(id, 'echo', `# outside Kubernetes: ${text}`)
  if (step.brokenImages) {
    const text = `images containing ${step.brokenImages.join(', ')} cannot be pulled`
    outside(text)
    session.fault({ brokenImages: step.brokenImages }, text)
  }
  if (step.node) {
    const text = describeAction(step.node)
    outside(text)
    session.fault(step.node as Parameters<Session['fault']>[0], text)
  }
  const wait = () => {
    if (step.wait) {
      session.output(id, 'echo', `# ${step.wait} s pass`)
      commands.advance(cluster.nowMs + step.wait * 1000)
    }
  }
  if (step.run === undefined) {
    wait()
    ended(true)
    return
  }
  let over = false
  session.runLine(id, step.run, { stdin: step.stdin, echo: true }, (exit) => {
    over = true
    wait()
    ended(exit !== 130)
  })
  // a command that waits gets its cluster time at once, whatever the clock does
  if (!over) commands.finish(3_600_000)
}
