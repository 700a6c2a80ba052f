import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Recording } from '#scenario/record.ts'
import { readArguments } from './arguments.ts'
import { loadLate } from './load-late.ts'
import { playFile } from './play-file.ts'

const usage = 'usage: npm run play -- FILE… --out DIR [--kubernetes-version 1.23] [--seed N] [--known-nodes NAME,…]'

/** Plays scenario files and writes one recording each. */
async function main(): Promise<void> {
  const { operands, options } = readArguments(process.argv.slice(2), ['out', 'kubernetes-version', 'seed', 'known-nodes'])
  const out = options.get('out')
  if (operands.length === 0 || !out) throw new Error(usage)
  const seed = Number(options.get('seed') ?? 1)
  if (!Number.isInteger(seed)) throw new Error(`--seed must be a whole number, not ${options.get('seed')}`)
  const knownNodes = options.get('known-nodes')?.split(',')
  await loadLate()
  mkdirSync(out, { recursive: true })
  for (const file of operands) {
    const text = playFile(file, { version: options.get('kubernetes-version'), seed, knownNodes })
    const recording = JSON.parse(text) as Recording
    writeFileSync(join(out, `${recording.id}.json`), text)
    console.log(`${recording.id}: ${recording.steps.length} steps`)
  }
}

main().catch((error: Error) => {
  console.error(error.message)
  if (process.env.DEBUG) console.error(error.cause)
  process.exitCode = 1
})
