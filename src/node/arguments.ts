/** Command-line arguments of the Node entries: operands and `--name value` options. */
export interface Arguments {
  operands: string[]
  options: Map<string, string>
}

/** Splits arguments; `known` names the options, each takes a value. Throws Error on others. */
export function readArguments(args: readonly string[], known: readonly string[]): Arguments {
  const operands: string[] = []
  const options = new Map<string, string>()
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as string
    if (!arg.startsWith('--')) {
      operands.push(arg)
      continue
    }
    const [name = '', inline] = arg.slice(2).split(/=(.*)/s)
    if (!known.includes(name)) throw new Error(`unknown option --${name}; there are ${known.map((k) => `--${k}`).join(', ')}`)
    const value = inline ?? args[++i]
    if (value === undefined) throw new Error(`--${name} needs a value`)
    options.set(name, value)
  }
  return { operands, options }
}
