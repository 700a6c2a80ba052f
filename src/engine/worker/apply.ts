import { type Manifest, readManifests } from '#kubectl/manifest.ts'
import type { ApplyResult } from '#protocol/messages.ts'
import { fieldMessages, fieldPath } from './error-fields.ts'
import type { Session } from './session.ts'

/** Documents larger than this are refused before they are read, characters. */
const maxLength = 2_000_000

/**
 * Applies a file of the editor document by document, as `kubectl apply -f name` does, and says for each how it went and
 * at which line. The terminal shows the one command and what all of it printed.
 */
export function applyText(session: Session, id: number, name: string, text: string, echo: boolean, done: (results: ApplyResult[]) => void): void {
  if (echo) session.output(id, 'echo', `kubectl apply -f ${name}`)
  done(resultsOf(session, id, name, text, echo))
}

function resultsOf(session: Session, id: number, name: string, text: string, echo: boolean): ApplyResult[] {
  if (text.length > maxLength) {
    const message = `error: ${name} has ${text.length} characters; more than ${maxLength} are not read here. Split it into smaller files.`
    return [refuse(session, id, message, 1)]
  }
  const { manifests, errors } = readManifests(text, name)
  if (manifests.length === 0 && errors.length === 0) return [refuse(session, id, 'error: no objects passed to apply', 1)]
  return [
    ...manifests.flatMap((manifest) => applyOne(session, id, name, manifest, echo)),
    ...errors.map((error) => refuse(session, id, `error: ${error.message}`, error.line)),
  ]
}

function refuse(session: Session, id: number, message: string, line: number): ApplyResult {
  session.output(id, 'err', `${message}\n`)
  return { ok: false, message, line }
}

function applyOne(session: Session, id: number, name: string, manifest: Manifest, echo: boolean): ApplyResult[] {
  const { commands, terminal, cluster } = session.open
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
  if (echo || err) {
    if (out) session.output(id, 'out', out)
    if (err) session.output(id, 'err', err)
  }
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
