import './commands.ts'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Running } from '#protocol/api-client.ts'
import type { ShellIo } from './io.ts'
import { runLine } from './testing/run-line.ts'

/**
 * What bash 5.2 (with GNU grep 3.8, sed 4.9, coreutils 9.1, findutils 4.9 and mawk 1.3) printed for a line, and its status. `fails`: it
 * also said something on stderr. There `args` and `kubectl` were scripts that do what the two programs here do.
 */
interface Row {
  line: string
  out: string
  status: number
  fails?: boolean
}

const table = `NAME                    READY   STATUS    RESTARTS   AGE    IP            NODE
agent-x7k2p             1/1     Running   0          5m     10.244.1.2    worker-0
agent-b4d9q             0/1     Pending   3          12s    <none>        worker-10
web-6d4cf56db6-abcde    2/2     Running   12 (3m ago)   2d3h   10.244.2.9    worker-2
dns-0                   1/1     Running   0          5m     10.244.1.3    worker-0
`

function* args(argv: string[], io: ShellIo): Running {
  io.out(argv.length ? `${argv.map((a) => `<${a}>`).join('')}\n` : '<>\n')
  if (argv[0] !== 'fail') return 0
  io.err('failed\n')
  return 3
}

// biome-ignore lint/correctness/useYield: a program is a generator
function* kubectl([verb]: string[], io: ShellIo): Running {
  if (verb === 'in') io.out(io.stdin ?? '')
  else if (verb === 'big') for (let i = 1; i <= 200; i++) io.out(`line ${i}\n`)
  else if (verb === 'fail') {
    io.err('Error from server\n')
    return 1
  } else io.out(table)
  return 0
}

const rows = (file: string): Row[] =>
  readFileSync(new URL(`./testing/${file}`, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Row)

describe.each(['bash-shell.jsonl', 'bash-more.jsonl', 'bash-filters.jsonl', 'bash-functions.jsonl', 'bash-tools.jsonl', 'bash-patterns.jsonl'])(
  'as bash: %s',
  (file) => {
    it.each(rows(file))('$line', ({ line, out, status, fails = false }) => {
      const result = runLine({ args, kubectl }, line)
      expect(result).toMatchObject({ out, status })
      // what bash complains about is complained about, in a line
      if (fails) expect(result.err).not.toBe('')
    })
  },
)
