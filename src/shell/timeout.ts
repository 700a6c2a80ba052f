import type { Running } from '#protocol/api-client.ts'
import { intervalMs } from './interval.ts'
import { ProgramError } from './io.ts'
import type { Builtin } from './session.ts'

const wrong = (message: string): ProgramError => new ProgramError(`timeout: ${message}\nTry 'timeout --help' for more information.`, 125)

/** Status of a command whose time is over. */
const timedOut = 124

/** `timeout DURATION COMMAND …`: ends the command when so much of the cluster's time is over; 0 = never. Signals are not modelled: which one does not count. */
export const timeout: Builtin = function* (args, io, session) {
  let at = 0
  let keepsStatus = false
  for (; args[at]?.startsWith('-') && args[at] !== '--'; at++) {
    const option = args[at] as string
    if (option === '-k' || option === '-s' || option === '--kill-after' || option === '--signal') at++
    else if (option === '-p' || option === '--preserve-status') keepsStatus = true
    else if (!/^(-f|-v|--foreground|--verbose|-[ks].+|--(kill-after|signal)=.+)$/.test(option))
      throw wrong(option.startsWith('--') ? `unrecognized option '${option}'` : `invalid option -- '${option.slice(1)}'`)
  }
  if (args[at] === '--') at++
  const [interval, ...command] = args.slice(at)
  if (interval === undefined || command.length === 0) throw wrong('missing operand')
  const ms = intervalMs(interval)
  if (ms === undefined) throw wrong(`invalid time interval ‘${interval}’`)
  const running = session.runWords(command, io)
  return ms === 0 ? yield* running : yield* within(running, session.now() + ms, session.now, keepsStatus)
}

/** Lets a command run until `endMs`, then closes it. */
function* within(running: Running, endMs: number, now: () => number, keepsStatus: boolean): Running {
  for (let step = running.next(); ; step = running.next()) {
    if (step.done) return step.value
    const wait = step.value
    const leftMs = endMs - now()
    yield wait.kind === 'sleep' || wait.kind === 'change' ? { ...wait, ms: Math.min(wait.ms ?? leftMs, leftMs) } : wait
    if (now() >= endMs && !(wait.kind === 'sleep' && wait.ms <= leftMs)) {
      running.return(130)
      return keepsStatus ? 143 : timedOut
    }
  }
}
