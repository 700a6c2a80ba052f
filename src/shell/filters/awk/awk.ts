import { unescapeText } from '../../escapes.ts'
import { ProgramError } from '../../io.ts'
import { byLine, type FilterFactory, readOptions, withFiles } from '../filter.ts'
import { type Rule, readProgram } from './program.ts'
import { Jump, Runtime } from './runtime.ts'
import { Input, isTrue } from './value.ts'

/**
 * `awk [-F SEPARATOR] [-v NAME=VALUE] PROGRAM [DOCUMENT…]`: patterns and ranges, BEGIN and END, fields, variables, arrays, if, while, for,
 * print, printf, next, exit and the functions for texts. Not modelled: getline, functions of one's own, printing into files and pipes.
 */
export const awk: FilterFactory = (args, output) => {
  const { values, all, operands } = readOptions('awk', args, '', 'Fv', {}, 2)
  const source = operands.shift()
  if (source === undefined) throw new ProgramError("awk: a program is needed, as in `awk '{print $1}'`", 2)
  const runtime = new Runtime()
  const assign = (text: string): boolean => {
    const [, name, value] = /^([A-Za-z_]\w*)=(.*)$/s.exec(text) ?? []
    if (name) runtime.variables.set(name, new Input(unescapeText(value as string)))
    return name !== undefined
  }
  const separator = values.get('F')
  if (separator !== undefined) runtime.variables.set('FS', separator === 't' ? '\t' : unescapeText(separator))
  for (const text of all('v')) if (!assign(text)) throw new ProgramError(`awk: improper assignment: -v ${text}`, 2)
  const files = operands.filter((text) => !assign(text))
  const rules = readProgram(source, runtime, output.out)
  const only = (when: 'BEGIN' | 'END'): readonly Rule[] => rules.filter((rule) => rule.when === when)
  const main = rules.filter((rule) => typeof rule.when !== 'string')
  let ended = false
  let status = 0

  const run = (actions: readonly Rule[], when: (rule: Rule) => boolean): void => {
    try {
      for (const rule of actions) if (when(rule)) rule.action()
    } catch (thrown) {
      if (thrown instanceof ProgramError) output.err(`${thrown.message}\n`)
      else if (!(thrown instanceof Jump)) throw thrown
      else if (thrown.kind !== 'exit') return
      ended = true
      status = thrown instanceof Jump ? (thrown.status ?? status) : thrown.status
    }
  }
  let begun = false
  const begin = (): void => {
    if (!begun) run(only('BEGIN'), () => true)
    begun = true
  }
  const filter = byLine(
    (line, number) => {
      begin()
      if (ended) return
      runtime.variables.set('NR', number)
      runtime.variables.set('FNR', number)
      runtime.setRecord(line)
      run(main, holds)
    },
    () => {
      begin()
      if (status === 0) run(only('END'), () => true)
      return status
    },
    () => ended && !only('END').length,
  )
  return withFiles('awk', files, filter, output, 2)
}

/** Whether a rule's pattern holds for the record at hand. */
function holds(rule: Rule): boolean {
  if (typeof rule.when === 'string') return false
  const [from, to] = rule.when
  if (!from) return true
  if (!to) return isTrue(from.get())
  if (!rule.inside && !isTrue(from.get())) return false
  rule.inside = !isTrue(to.get())
  return true
}
