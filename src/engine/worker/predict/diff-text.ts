import type { PredictedChange } from '#protocol/prediction.ts'
import { createTerminal } from '#scenario/terminal.ts'
import type { Cluster } from '../../cluster.ts'

const header = /^diff -u -N LIVE\/\S*?v1\.(\w+)\.([^.\s]*)\.(\S+) MERGED.*\n--- .*\n\+\+\+ .*\n/m

/** Lines that change with every apply, whatever was written. */
const bookkeeping = /^[-+]\s+(?:generation|resourceVersion|deprecated\.daemonset\.template\.generation): /

/** Hunks in which something was written otherwise; all of them when there is no such hunk. */
function withoutBookkeeping(lines: readonly string[]): readonly string[] {
  const hunks: string[][] = []
  for (const line of lines) {
    if (line.startsWith('@@')) hunks.push([])
    hunks.at(-1)?.push(line)
  }
  const telling = hunks.filter((hunk) => hunk.some((line) => /^[-+]/.test(line) && !bookkeeping.test(line)))
  return telling.length > 0 ? telling.flat() : lines
}

/** What `kubectl diff` says about a file, object by object. The cluster given is used up: a dry run draws its random numbers. */
export function diffText(cluster: Cluster, name: string, text: string): PredictedChange[] {
  let said = ''
  const running = createTerminal(cluster.client).run(`kubectl diff -f ${name}`, {
    out: (t) => {
      said += t
    },
    err: () => undefined,
    readFile: () => text,
  })
  // the verb comes with the worker; if it could not be had, there is nothing to show
  if (!running.next().done) return []
  const [, ...parts] = said.split(new RegExp(header, 'm'))
  const changes: PredictedChange[] = []
  // a heading's three parts and what stands below it take turns
  for (let at = 0; at + 3 < parts.length; at += 4) {
    const [kind = '', namespace = '', object = '', body = ''] = parts.slice(at, at + 4)
    changes.push({ kind, namespace, name: object, lines: withoutBookkeeping(body.replace(/\n$/, '').split('\n')) })
  }
  return changes
}
