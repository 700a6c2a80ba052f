import type { Flag, Verb } from './command.ts'
import { alignTabs } from './tab-writer.ts'

function flagLine(flag: Flag): string {
  const name = `${flag.shorthand ? `-${flag.shorthand}, ` : '    '}--${flag.name}`
  const value = flag.kind === 'bool' ? '' : `=${flag.default === undefined || flag.default === '' ? `<${flag.kind}>` : flag.default}`
  return `  ${name}${value}\t${flag.usage ?? ''}\n`
}

function table(rows: string): string {
  return alignTabs(rows, { minWidth: 0, padding: 2 }).replace(/ +$/gm, '')
}

/** Flags as lines: name, value and what it does. */
export function flagTable(flags: readonly Flag[]): string {
  return table(flags.map(flagLine).join(''))
}

/** What `kubectl <verb> --help` shows: what the verb does, how it is written, its sub-verbs and flags. */
export function verbHelp(verb: Verb, path: string): string {
  const shown = (verb.subcommands ?? []).filter((v) => v.summary)
  const parts = [verb.summary ? `${verb.summary}.\n` : 'kubectl talks to the simulated cluster.\n']
  if (verb.usage || verb.run) parts.push(`Usage:\n  ${verb.usage ?? path}\n`)
  if (verb.aliases?.length) parts.push(`Aliases:\n  ${[verb.name, ...verb.aliases].join(', ')}\n`)
  if (shown.length > 0) parts.push(`Commands:\n${table(shown.map((v) => `  ${v.name}\t${v.summary}\n`).join(''))}`)
  const flags = verb.flags.filter((f) => f.usage)
  if (flags.length > 0) parts.push(`Flags:\n${flagTable(flags)}`)
  parts.push('Flags of every command: -n, --namespace=<string>; -h, --help\n')
  return parts.join('\n')
}
