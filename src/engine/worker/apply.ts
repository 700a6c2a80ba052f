import { type Manifest, readManifests } from '#kubectl/manifest.ts'
import type { ApplyResult, Output } from '#protocol/messages.ts'
import { fieldMessages, fieldPath } from './error-fields.ts'
import type { Open, Session } from './session.ts'

/** Documents larger than this are refused before they are read, characters. */
const maxLength = 2_000_000

/** The cluster something is applied to, and where what kubectl prints goes. */
export interface ApplyTarget extends Pick<Open, 'cluster' | 'commands' | 'terminal'> {
  say(stream: Output['stream'], text: string): void
}

/**
 * Applies a file of the editor document by document, as `kubectl apply -f name` does, and says for each how it went and
 * at which line. The terminal shows the one command and what all of it printed.
 */
export function applyText(session: Session, id: number, name: string, text: string, echo: boolean, done: (results: ApplyResult[]) => void): void {
  const { cluster, commands, terminal } = session.open
  const say: ApplyTarget['say'] = (stream, said) => {
    if (echo || stream === 'err') session.output(id, stream, said)
  }
  if (echo) say('echo', `kubectl apply -f ${name}`)
  done(applyDocuments({ cluster, commands, terminal, say }, id, name, text))
}

/** The same on any cluster. */
export function applyDocuments(target: ApplyTarget, id: number, name: string, text: string): ApplyResult[] {
  if (text.length > maxLength) {
    const message = `error: ${name} has ${text.length} characters; more than ${maxLength} are not read here. Split it into smaller files.`
    return [refuse(target, message, 1)]
  }
  const { manifests, errors } = readManifests(text, name)
  if (manifests.length === 0 && errors.length === 0) return [refuse(target, 'error: no objects passed to apply', 1)]
  return [
    ...manifests.flatMap((manifest) => applyOne(target, id, name, manifest)),
    ...errors.map((error) => refuse(target, `error: ${error.message}`, error.line)),
  ]
}

function refuse({ say }: ApplyTarget, message: string, line: number): ApplyResult {
  say('err', `${message}\n`)
  return { ok: false, message, line }
}

function applyOne({ cluster, commands, terminal, say }: ApplyTarget, id: number, name: string, manifest: Manifest): ApplyResult[] {
  let out = ''
  let err = ''
  let exit = 0
  const io = {
    out: (t: string) => {
      out += t
    },
    err: (t: string) => {
      err += t
    },
    readFile: (file: string) => (file === name ? JSON.stringify(manifest.value) : undefined),
  }
  const quoted = /^[\w./-]+$/.test(name) ? name : `'${name.replaceAll("'", '')}'`
  commands.start(id, terminal.run(`kubectl apply -f ${quoted}`, io), cluster.begin(`kubectl apply -f ${name}`), (status) => {
    exit = status
  })
  if (out) say('out', out)
  if (err) say('err', err)
  const warnings = exit === 0 ? err.split('\n').filter((line) => line.startsWith('Warning: ')) : []
  if (exit === 0)
    return [
      { ok: true, message: out.trim(), line: manifest.line },
      ...warnings.map((message): ApplyResult => ({ ok: true, warning: true, message, line: manifest.line })),
    ]
  return fieldMessages(err).map(({ field, message }) => ({
    ok: false,
    message,
    line: field ? manifest.lineOf(fieldPath(field)) : manifest.line,
    ...(field && { field }),
  }))
}
