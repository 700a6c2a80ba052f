import { configKeyError } from '#k8s/validate/env.ts'
import type { Io, Parsed, Verb } from '../command.ts'
import { CommandError } from '../error-text.ts'
import { appendHashFlag, hashedName } from './create-hash.ts'
import { shownVerb } from './create-shown.ts'

export const sourceFlags: Verb['flags'] = [
  { name: 'from-literal', kind: 'stringArray', usage: 'KEY=value' },
  { name: 'from-file', kind: 'stringSlice', usage: 'A document, or KEY=document' },
  { name: 'from-env-file', kind: 'stringSlice', usage: 'A document with lines KEY=value' },
  appendHashFlag,
]

function textOf(io: Io, file: string): string {
  const text = io.readFile(file)
  if (text === undefined) throw new CommandError(`error reading ${file}: no such file or directory`)
  return text
}

type Entry = readonly [key: string, text: string]

/** Keys and texts of documents; `fileKey` = the key of those without one, otherwise their name. @source kubectl/pkg/util ParseFileSource */
export function* fileEntries(args: Parsed, io: Io, fileKey?: string): Generator<Entry> {
  for (const file of args.list('from-file').filter(Boolean)) {
    const parts = file.split('=')
    if (parts.length > 2) throw new CommandError("key names or file paths cannot contain '='")
    const [key, path] = parts.length === 2 ? (parts as [string, string]) : [fileKey ?? (file.split('/').at(-1) as string), file]
    yield [key, textOf(io, path)]
  }
}

/** Keys and texts in the order given. @source kubectl/pkg/util generic key and file sources, env_file.go */
export function* entriesOf(args: Parsed, io: Io): Generator<Entry> {
  const given = (flag: string): string[] => args.list(flag).filter(Boolean)
  const [files, literals, envFiles] = [given('from-file'), given('from-literal'), given('from-env-file')]
  if (envFiles.length > 0 && files.length + literals.length > 0)
    throw new CommandError('from-env-file cannot be combined with from-file or from-literal')
  yield* fileEntries(args, io)
  for (const literal of literals) {
    const at = literal.indexOf('=')
    if (at < 1) throw new CommandError(`invalid literal source ${literal}, expected key=value`)
    yield [literal.slice(0, at), literal.slice(at + 1)]
  }
  for (const file of envFiles)
    for (const line of textOf(io, file)
      .split('\n')
      .map((l) => l.trimStart()))
      if (line && !line.startsWith('#')) yield [line.replace(/=.*/s, ''), line.includes('=') ? line.slice(line.indexOf('=') + 1) : '']
}

/** Data by key, sorted; `refuse` says what is wrong with a key that is no key, or there already. */
export function dataOf(
  entries: Iterable<Entry>,
  refuse: { wrong(key: string, why: string): string; taken(key: string): string },
): Record<string, string> {
  const data = new Map<string, string>()
  for (const [key, text] of entries) {
    const why = configKeyError(key)
    if (why) throw new CommandError(refuse.wrong(key, why))
    if (data.has(key)) throw new CommandError(refuse.taken(key))
    data.set(key, text)
  }
  return Object.fromEntries([...data].sort(([a], [b]) => (a < b ? -1 : 1)))
}

export const filled = (data: Record<string, unknown>): object => (Object.keys(data).length > 0 ? { data } : {})

/** `kubectl create configmap`. @source kubectl/pkg/cmd/create/create_configmap.go */
export const configMap = shownVerb({
  kind: 'ConfigMap',
  words: 'configmap',
  aliases: ['cm'],
  summary: 'Show a ConfigMap made of texts and documents (with --dry-run=client: there are none here)',
  usage: '[--from-file=[key=]source] [--from-literal=key1=value1] [--dry-run=client]',
  flags: sourceFlags,
  make(args, { io }, name) {
    const data = dataOf(entriesOf(args, io), {
      wrong: (key, why) => `${JSON.stringify(key)} is not a valid key name for a ConfigMap: ${why}`,
      taken: (key) => `cannot add key ${JSON.stringify(key)}, another key by that name already exists in Data for ConfigMap ${JSON.stringify(name)}`,
    })
    return { ...hashedName(args, name, { kind: 'ConfigMap', data }), ...filled(data) }
  },
})

export const serviceAccount = shownVerb({
  kind: 'ServiceAccount',
  words: 'serviceaccount',
  aliases: ['sa'],
  usage: '[--dry-run=client]',
  make: () => ({}),
})
