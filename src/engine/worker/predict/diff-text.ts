import type { PredictedChange } from '#protocol/prediction.ts'
import { createTerminal } from '#scenario/terminal.ts'
import type { Cluster } from '../../cluster.ts'

const header = /^diff -u -N LIVE\/\S*?v1\.(\w+)\.([^.\s]*)\.(\S+) MERGED.*\n--- .*\n\+\+\+ .*\n/m

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
    changes.push({ kind, namespace, name: object, lines: body.replace(/\n$/, '').split('\n') })
  }
  return changes
}
