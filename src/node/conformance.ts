import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { knownNodes } from '#scenario/known-nodes.ts'
import { readArguments } from './arguments.ts'
import { loadLate } from './load-late.ts'
import { playFile } from './play-file.ts'
import { checkVectors } from './vectors/index.ts'
import type { VectorFile } from './vectors/vector.ts'

interface Difference {
  at: string
  what: string
  value?: string
  actual?: string
}

type Compare = (expected: unknown, actual: unknown) => { total: number; diffs: Difference[] }

const own = 'e2e/conformance'
const shownPerFile = 3

const namesIn = (folder: string, ending: string): string[] =>
  readdirSync(folder)
    .filter((f) => f.endsWith(ending))
    .map((f) => basename(f, ending))
    .sort()

/** The lines that only one side has, shortened. */
function showDifference({ at, what, value = '', actual = '(missing)' }: Difference): string {
  const [expected, ours] = [value.split('\n'), actual.split('\n')]
  const only = (mark: string, lines: string[], others: string[]) =>
    lines.filter((l) => !others.includes(l)).map((l) => `      ${mark} ${l.slice(0, 300)}`)
  return [`    ${at}: ${what}`, ...only('-', expected, ours), ...only('+', ours, expected)].join('\n')
}

interface Tally {
  total: number
  equal: number
}

function report(tally: Tally, name: string, total: number, failures: string[]): void {
  tally.total += total
  tally.equal += total - failures.length
  console.log(`${name}: ${total - failures.length} of ${total}`)
  for (const failure of failures.slice(0, shownPerFile)) console.log(failure)
}

/**
 * Plays every recorded scenario as Kubernetes 1.23 and compares; runs every vector file. One line a file, one total; exit status 1 on any
 * difference. `--recordings`, `--scenarios` and `--vectors` name folders of the same formats.
 */
async function main(): Promise<void> {
  const { options, operands } = readArguments(process.argv.slice(2), ['recordings', 'scenarios', 'vectors', 'kubernetes-version'])
  const compareFile = join(process.cwd(), own, 'compare.mjs')
  const { compare } = (await import(/* @vite-ignore */ pathToFileURL(compareFile).href)) as { compare: Compare }
  const recordings = resolve(options.get('recordings') ?? join(own, 'recordings'))
  const scenarios = resolve(options.get('scenarios') ?? (options.has('recordings') ? join(recordings, '../scenarios') : join(own, 'scenarios')))
  const vectors = resolve(options.get('vectors') ?? join(own, 'vectors'))
  const version = options.get('kubernetes-version') ?? '1.23'
  const tally: Tally = { total: 0, equal: 0 }
  await loadLate()
  const wanted = (name: string) => operands.length === 0 || operands.includes(name)

  for (const id of namesIn(recordings, '.json').filter(wanted)) {
    const expected = JSON.parse(readFileSync(join(recordings, `${id}.json`), 'utf8'))
    const file = join(scenarios, `${id}.yaml`)
    try {
      if (!existsSync(file)) throw new Error(`there is no scenario ${file}`)
      const { total, diffs } = compare(expected, JSON.parse(playFile(file, { version, knownNodes: knownNodes(expected) })))
      report(tally, id, total, diffs.map(showDifference))
    } catch (error) {
      report(tally, id, 1, [`    ${(error as Error).message}`])
      if (process.env.DEBUG) console.error((error as Error).cause)
    }
  }
  for (const name of namesIn(vectors, '.json').filter(wanted)) {
    try {
      const { total, failures } = checkVectors(JSON.parse(readFileSync(join(vectors, `${name}.json`), 'utf8')) as VectorFile)
      report(
        tally,
        `vectors/${name}`,
        total,
        failures.map((f) => `    ${f.slice(0, 600)}`),
      )
    } catch (error) {
      report(tally, `vectors/${name}`, 1, [`    ${(error as Error).message}`])
    }
  }
  const share = tally.total === 0 ? 0 : (100 * tally.equal) / tally.total
  console.log(`${tally.equal} of ${tally.total} checks equal (${share.toFixed(2)} %)`)
  process.exitCode = tally.equal === tally.total ? 0 : 1
}

main().catch((error: Error) => {
  console.error(error.message)
  process.exitCode = 1
})
