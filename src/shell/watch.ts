import { Collector, ProgramError, redrawScreen } from './io.ts'
import type { Builtin } from './session.ts'

/** `watch [-n SECONDS] [-t] COMMAND …`: runs the command again and again, in the same place, until Ctrl+C. */
export const watch: Builtin = function* (args, io, session) {
  let seconds = 2
  let title = true
  let chgexit = false
  let at = 0
  for (; args[at]?.startsWith('-'); at++) {
    const option = args[at] as string
    const interval = /^(?:-n|--interval=?)(.*)$/.exec(option)
    if (interval) {
      seconds = Number(interval[1] || args[++at])
      if (!(seconds >= 0)) throw new ProgramError(`watch: failed to parse argument: '${args[at] ?? ''}'`)
      seconds = Math.max(0.1, seconds)
    } else if (option === '-t' || option === '--no-title') title = false
    else if (option === '-g' || option === '--chgexit') chgexit = true
    else if (option !== '-d' && option !== '--differences' && option !== '-c' && option !== '--color')
      throw new ProgramError(`watch: invalid option -- '${option.replace(/^-/, '')}' (understood here: -n -t -g -d)`)
  }
  const command = args.slice(at).join(' ')
  if (!command) throw new ProgramError('watch: say what to watch, as in `watch -n 1 kubectl get pods`')
  for (let last: string | undefined; ; ) {
    const printed = new Collector()
    yield* session.runText(command, { ...io, out: printed.add, err: printed.add })
    const { text } = printed
    io.out(`${redrawScreen}${title ? `Every ${seconds.toFixed(1)}s: ${command}\n\n` : ''}${text}`)
    if (chgexit && last !== undefined && last !== text) return 0
    last = text
    yield { kind: 'sleep', ms: seconds * 1000 }
  }
}
