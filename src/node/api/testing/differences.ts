import type { Both } from './play-both.ts'

type Fold = (text: string) => string

const compareFile = new URL('../../../../e2e/conformance/compare.mjs', import.meta.url)

/** What the two kubectls may say differently, and why. */
const known: [RegExp, string][] = [
  // the façade is plain HTTP on a loopback port; our kubectl speaks to no address at all
  [/^(Kubernetes control plane is running at) .*/, '$1 <address>'],
]

/** Text folded as recordings are compared, line by line; columns move with the ages in them, so runs of blanks are one. */
function linesOf(text: string, fold: Fold): string[] {
  return fold(text)
    .split('\n')
    .map((line) => known.reduce((l, [pattern, by]) => l.replace(pattern, by), line.replace(/[ \t]+/g, ' ').trim()))
}

const parts = ['stdout', 'stderr', 'exit', 'after'] as const

/** Every way in which our kubectl's answers, or what they left of the cluster, differ from the real one's: one text each. */
export async function differences(both: readonly Both[]): Promise<string[]> {
  const { fold } = (await import(/* @vite-ignore */ compareFile.href)) as { fold: Fold }
  return both.flatMap(({ at, real, ours }) =>
    parts.flatMap((part) => {
      const [expected, actual] = [linesOf(String(real[part]), fold), linesOf(String(ours[part]), fold)]
      if (expected.join('\n') === actual.join('\n')) return []
      const only = (mark: string, lines: string[], others: string[]) => lines.filter((l) => !others.includes(l)).map((l) => `${mark} ${l}`)
      const changed = [...only('- real:', expected, actual), ...only('+ ours:', actual, expected)]
      return [`${at}: ${part}\n${(changed.length > 0 ? changed : ['the same lines in another order or number']).join('\n')}`]
    }),
  )
}
