import { cannotWrite } from '../io.ts'
import { type FilterFactory, readOptions } from './filter.ts'

/** `tee [/dev/stderr…]`: copies its input to the output. There are no files that it could go to besides. */
export const tee: FilterFactory = (args, { out, err }) => {
  const { operands } = readOptions('tee', args, 'aip', '', { append: 'a', 'ignore-interrupts': 'i' })
  const targets = operands.flatMap((name) => (name === '/dev/stdout' ? [out] : name === '/dev/stderr' ? [err] : []))
  const files = operands.filter((name) => !['/dev/null', '/dev/stdout', '/dev/stderr'].includes(name))
  for (const name of files) err(`tee: ${cannotWrite(name, 'tee')}\n`)
  return {
    write: (text) => {
      for (const write of [out, ...targets]) write(text)
    },
    end: () => (files.length > 0 ? 1 : 0),
  }
}
