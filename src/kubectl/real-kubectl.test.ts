import { describe, expect, it } from 'vitest'
import { Cluster } from '#engine/cluster.ts'
import { type KubernetesVersion, newestVersion } from '#k8s/version.ts'
import { runToEnd } from '#scenario/testing/run-to-end.ts'
import { createContexts } from './contexts.ts'
import { runKubectl } from './kubectl.ts'
import { keepPrinted } from './testing/keep-printed.ts'
import contextual from './testing/real-contexts.jsonl?raw'
import created from './testing/real-created.jsonl?raw'
import described from './testing/real-described.jsonl?raw'
import filed from './testing/real-files.jsonl?raw'
import golden from './testing/real-kubectl.jsonl?raw'
import learners from './testing/real-learners.jsonl?raw'
import mistakes from './testing/real-mistakes.jsonl?raw'
import outputs from './testing/real-outputs.jsonl?raw'
import rare from './testing/real-rare.jsonl?raw'
import taught from './testing/real-teaching.jsonl?raw'
import verbs from './testing/real-verbs.jsonl?raw'
import spoken from './testing/real-words.jsonl?raw'

/**
 * What kubectl printed for these lines against the playground's own API, served over HTTP: 1.36.3, or the kubectl of the cluster's version (1.33.9 where that is older). Lines without an answer
 * only prepare others: there the two differ on purpose, or by the time they take.
 */
interface Session {
  name: string
  version?: KubernetesVersion
  nodes: { name: string }[]
  files: Record<string, string>
  env?: Record<string, string>
  lines: Line[]
}

type Line = [run: string, stdin: string, stdout?: string, stderr?: string, exit?: number]

const sessions: Session[] = []
for (const row of (golden + outputs + mistakes + verbs + spoken + filed + created + learners + contextual + taught + rare + described)
  .trim()
  .split('\n')
  .map((text) => JSON.parse(text) as Omit<Session, 'lines'> | Line)) {
  if (Array.isArray(row)) sessions.at(-1)?.lines.push(row)
  else sessions.push({ ...row, lines: [] })
}

const random = '[bcdfghjklmnpqrstvwxz2456789]'

/** What is random or depends on the clock or on where the API is served, and the order of lines that come from Go maps, does not count. */
const fold = (text: string): string =>
  text
    .replace(/\b(uid|resourceVersion|creationTimestamp|time|startTime)"?: .*/g, '$1: *')
    .replace(/\/tmp\/real-kubectl-\w+|\/home\/you/g, '<folder>')
    .replace(/(resourceVersion\\*":\\*"|Expected resource version to be \w+, was )\d+/g, '$1*')
    .replace(/[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/g, '<uid>')
    .replace(/https?:\/\/127\.0\.0\.1:\d+/g, '<server>')
    .replace(new RegExp(`-${random}{8,10}-${random}{5}\\b`, 'g'), '-<h>-<p>')
    .replace(new RegExp(`-${random}{5}\\b`, 'g'), '-<p>')
    .replace(/^([WF])\d{4} [\d:.]+ +\d+ /gm, '$1* ')
    .replace(/(?<= {2})(\d+[dhms]){1,2}(?= {2}|$)/gm, '<age>')
    .replace(/20\d\d-\d\d-\d\dT[\d:]+Z/g, '<time>')
    .replace(/\w{3}, \d\d \w{3} 20\d\d [\d:]+ \+0000/g, '<date>')
    .split('\n')
    .sort()
    .join('\n')

const words = (line: string): string[] =>
  (line.match(/(?:(?<=\s)"[^"]*"|'[^']*'|[^\s'])+/g) ?? []).map((w) => w.replace(/'([^']*)'|^"([^"]*)"$/g, (_, a, b) => a ?? b))

describe.each(sessions)('$name', ({ version = newestVersion, nodes, files, env = {}, lines }) => {
  const cluster = new Cluster({ seed: 7, version })
  cluster.fault({ add: nodes }, '')
  cluster.settle()
  const contexts = createContexts()
  const run = (line: string, stdin: string) => {
    const { io, printed } = keepPrinted({ stdin, readFile: (name) => files[name] })
    const running = runKubectl(words(line), { client: cluster.client, io, namespace: 'default', contexts, env: new Map(Object.entries(env)) })
    const exit = runToEnd(cluster, running, line, 3_600_000)
    return { stdout: fold(printed.stdout), stderr: fold(printed.stderr), exit }
  }
  it.each(lines.map(([line, stdin, ...answer], i) => ({ i, line, stdin, answer })))('#$i kubectl $line', ({ line, stdin, answer }) => {
    const printed = run(line, stdin)
    const [stdout, stderr, exit] = answer
    if (exit !== undefined) expect(printed).toEqual({ stdout: fold(stdout as string), stderr: fold(stderr as string), exit })
  })
})
