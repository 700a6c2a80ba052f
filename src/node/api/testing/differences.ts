import type { Both } from './play-both.ts'

type Fold = (text: string) => string

const compareFile = new URL('../../../../e2e/conformance/compare.mjs', import.meta.url)

/** Lines that the two kubectls may tell differently, and why. `until` = with real kubectls up to this minor version. */
const known: { line: RegExp; until?: number; at?: RegExp }[] = [
  // whose they are
  { line: /^Client Version: / },
  { line: /^Kustomize Version: / },
  // plain HTTP on a loopback port; our kubectl speaks to no address at all
  { line: /^Kubernetes control plane is running at / },
  // kubectl's own log, with its time and process id; ours keeps none
  { line: /^[IWE]\d{4} / },
  // described since 1.33
  { line: /^Namespace: /, until: 32, at: /describe ds/ },
]

/** The parts of a warning come out of a Go map: in any order. */
const sortWarning = (line: string): string => (line.startsWith('Warning: ') ? `Warning: ${line.slice(9).split('; ').sort().join('; ')}` : line)

const parts = ['stdout', 'stderr', 'exit', 'after'] as const

/**
 * Every way in which our kubectl's answers, or what they left of the cluster, differ from the real one's, which is of version
 * 1.`minor`: one text each. Compared as recordings are, line by line; columns move with the ages in them, so runs of blanks are one.
 */
export async function differences(both: readonly Both[], minor: number): Promise<string[]> {
  const { fold } = (await import(/* @vite-ignore */ compareFile.href)) as { fold: Fold }
  return both.flatMap(({ at, real, ours }) => {
    const expected = known.filter((k) => minor <= (k.until ?? minor) && (k.at?.test(at) ?? true))
    const linesOf = (text: string) =>
      fold(text)
        .split('\n')
        .map((line) => sortWarning(line.replace(/[ \t]+/g, ' ').trim()))
        .filter((line) => !expected.some((k) => k.line.test(line)))
    return parts.flatMap((part) => {
      const [theirs, own] = [linesOf(String(real[part])), linesOf(String(ours[part]))]
      if (theirs.join('\n') === own.join('\n')) return []
      const only = (mark: string, lines: string[], others: string[]) => lines.filter((l) => !others.includes(l)).map((l) => `${mark} ${l}`)
      const changed = [...only('- real:', theirs, own), ...only('+ ours:', own, theirs)]
      return [`${at}: ${part}\n${(changed.length > 0 ? changed : ['the same lines in another order or number']).join('\n')}`]
    })
  })
}
