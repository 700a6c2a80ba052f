/** What holds for every hint about a manifest, whatever the manifest and the cluster it is read against. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parse, parseDocument, type ToStringOptions } from 'yaml'
import type { Cluster } from '#engine/cluster.ts'
import { examine } from '#engine/worker/manifest/examine.ts'
import { fixed } from '#engine/worker/testing/lint-cases.ts'
import type { Lint } from '#protocol/lint.ts'
import { carryOut, isSentence } from './explained.ts'
import { daemonSetManifest, deploymentManifest } from './manifest-arbitrary.ts'
import { playCase } from './play-case.ts'
import { scenario } from './scenario-arbitrary.ts'
import { search, timeout } from './search.ts'

/** Ways to write the same. */
const styles: readonly ToStringOptions[] = [
  {},
  { indentSeq: false },
  { indent: 4 },
  { collectionStyle: 'flow' },
  { collectionStyle: 'flow', lineWidth: 40 },
]

const file = fc
  .tuple(
    fc.array(fc.oneof({ weight: 5, arbitrary: daemonSetManifest }, deploymentManifest), { minLength: 1, maxLength: 2 }),
    fc.constantFrom(...styles),
  )
  .map(([documents, style]) => documents.map((text) => parseDocument(text).toString(style)).join('---\n'))

const lintsOf = (text: string, { client }: Cluster) => examine(text, client).lints
const dryRun = (cluster: Cluster, text: string) => carryOut(cluster, 'kubectl apply --dry-run=server -f x.yaml', text)

function standsInTheText(text: string, { line, column, endLine, endColumn }: Lint): void {
  const lines = text.split('\n')
  const isInside = (at: number, of: number) => at >= 1 && at <= lines.length && of >= 1 && of <= (lines[at - 1]?.length ?? 0) + 1
  // the largest number is the end of the line
  const end = endColumn === Number.MAX_SAFE_INTEGER ? (lines[endLine - 1]?.length ?? 0) + 1 : endColumn
  if (!isInside(line, column) || !isInside(endLine, end) || endLine < line || (endLine === line && end <= column))
    throw new Error(`nothing is marked at ${line}:${column} to ${endLine}:${endColumn}`)
}

/** Throws Error when what is marked or said of a manifest is wrong, or a fix does not take away what it is for, or spoils the manifest. */
function hintsHelp(cluster: Cluster, text: string): void {
  const lints = lintsOf(text, cluster)
  const taken = dryRun(cluster, text)
  for (const lint of lints) {
    standsInTheText(text, lint)
    if (!isSentence(lint.message)) throw new Error(`this is no sentence: "${lint.message}"`)
    if (lint.severity === 'error' && taken.exit === 0) throw new Error(`"${lint.message}" is called an error and is taken`)
    if (!lint.fix) continue
    const after = fixed(text, lint)
    for (const document of after.split('---\n')) expect(() => parse(document, { version: '1.1' })).not.toThrow()
    const count = (list: readonly Lint[]) => list.filter(({ message }) => message === lint.message).length
    if (count(lintsOf(after, cluster)) >= count(lints)) throw new Error(`"${lint.fix.title}" leaves "${lint.message}"\n${after}`)
    const again = dryRun(cluster, after)
    if (taken.exit === 0 && again.exit !== 0) throw new Error(`"${lint.fix.title}" makes it ${again.said}\n${after}`)
  }
}

it('every hint is at its place and readable, and its fix takes it away and spoils nothing', {
  timeout,
}, () => {
  fc.assert(
    fc.property(scenario, fc.array(file, { minLength: 3, maxLength: 6 }), (session, files) => {
      const cluster = playCase({ ...session, steps: session.steps.slice(0, 6) })
      for (const text of files) hintsHelp(cluster, text)
    }),
    search(25),
  )
})
