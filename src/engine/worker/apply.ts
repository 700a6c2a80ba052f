import { type Manifest, type ManifestError, readManifests } from '#kubectl/manifest.ts'
import type { ApplyResult } from '#protocol/apply-result.ts'
import type { Output } from '#protocol/messages.ts'
import { finishPortions, type Portions } from '#scenario/play.ts'
import { fieldMessages } from './error-fields.ts'
import { errorLine } from './error-line.ts'
import type { Open, Session } from './session.ts'

/** The cluster something is applied to, and where what kubectl prints goes. */
export interface ApplyTarget extends Pick<Open, 'cluster' | 'commands' | 'terminal'> {
  say(stream: Output['stream'], text: string): void
}

/** Files with more documents than this are applied in portions. */
const manyDocuments = 20

/**
 * Applies a file of the editor document by document, as `kubectl apply -f name` does, and says for each how it went and
 * at which line. The terminal shows the one command and what all of it printed. Of many documents those that were not reached when the
 * work was stopped are left out.
 */
export function applyText(session: Session, id: number, name: string, text: string, echo: boolean, done: (results: ApplyResult[]) => void): void {
  const { cluster, commands, terminal } = session.open
  const say: ApplyTarget['say'] = (stream, said) => {
    if (echo || stream === 'err' || stream === 'aside') session.output(id, stream, said, stream === 'echo' ? 'click' : undefined)
  }
  if (echo) say('echo', `kubectl apply -f ${name}`)
  const target = { cluster, commands, terminal, say }
  const { manifests, errors } = readManifests(text, name)
  if (manifests.length <= manyDocuments) done(finishPortions(applyingManifests(target, id, name, manifests, errors)))
  else session.perform(inPortions(session, applyingManifests(target, id, name, manifests, errors), manifests.length, done))
}

/** The same on any cluster, at once. */
export function applyDocuments(target: ApplyTarget, id: number, name: string, text: string): ApplyResult[] {
  const { manifests, errors } = readManifests(text, name)
  return finishPortions(applyingManifests(target, id, name, manifests, errors))
}

function* inPortions(session: Session, work: Portions<ApplyResult[]>, total: number, done: (results: ApplyResult[]) => void): Portions<void> {
  let results: ApplyResult[] | undefined
  let applied = 0
  try {
    for (let next = work.next(); ; next = work.next()) {
      if (next.done) {
        results = next.value
        return
      }
      session.progress = ++applied / total
      yield undefined
    }
  } finally {
    const message = `stopped: ${applied} of ${total} documents were applied`
    if (!results) session.output(0, 'err', `${message}\n`)
    done(results ?? [{ ok: false, message }])
  }
}

function* applyingManifests(
  target: ApplyTarget,
  id: number,
  name: string,
  manifests: readonly Manifest[],
  errors: readonly ManifestError[],
): Portions<ApplyResult[]> {
  if (manifests.length === 0 && errors.length === 0) return [refuse(target, 'error: no objects passed to apply', 1)]
  const results: ApplyResult[] = []
  // one command, and one thing to undo, whatever it brings
  const cause = manifests.length > 0 ? target.cluster.begin(`kubectl apply -f ${name}`) : 0
  for (const manifest of manifests) {
    results.push(...applyOne(target, id, name, manifest, cause))
    yield undefined
  }
  for (const error of errors) results.push(refuse(target, `error: ${error.message}`, error.line))
  return results
}

function refuse({ say }: ApplyTarget, message: string, line: number): ApplyResult {
  say('err', `${message}\n`)
  return { ok: false, message, line }
}

function applyOne({ commands, terminal, say }: ApplyTarget, id: number, name: string, manifest: Manifest, cause: number): ApplyResult[] {
  let out = ''
  let err = ''
  let aside = ''
  let exit = 0
  const io = {
    out: (t: string) => {
      out += t
    },
    err: (t: string, kind?: 'aside') => {
      if (kind) aside += t
      else err += t
    },
    readFile: (file: string) => (file === name ? JSON.stringify(manifest.value) : undefined),
  }
  const quoted = /^[\w./-]+$/.test(name) ? name : `'${name.replaceAll("'", '')}'`
  commands.start(id, terminal.run(`kubectl apply -f ${quoted}`, io), cause, (status) => {
    exit = status
  })
  if (out) say('out', out)
  if (aside) say('aside', aside)
  if (err) say('err', err)
  const warnings = aside
    .split('\n')
    .filter((line) => line.startsWith('Warning: '))
    .map((message): ApplyResult => ({ ok: true, warning: true, message, line: manifest.line }))
  if (exit === 0) return [{ ok: true, message: out.trim(), line: manifest.line }, ...warnings]
  const refusals = fieldMessages(err || aside).map(
    ({ field, message }): ApplyResult => ({ ok: false, message, line: errorLine(manifest, { field, message }), ...(field && { field }) }),
  )
  return [...refusals, ...(err ? warnings : [])]
}
