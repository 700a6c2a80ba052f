import { configKeyError } from '#k8s/validate/env.ts'
import type { Io, Parsed, Verb } from '../command.ts'
import { CommandError } from '../error-text.ts'
import { commonFlags, nameOperand } from './create-kinds.ts'
import { shownVerb } from './create-shown.ts'

const sourceFlags: Verb['flags'] = [
  { name: 'from-literal', kind: 'stringArray', usage: 'KEY=value' },
  { name: 'from-file', kind: 'stringSlice', usage: 'A document, or KEY=document' },
  { name: 'from-env-file', kind: 'stringSlice', usage: 'A document with lines KEY=value' },
  { name: 'append-hash', kind: 'bool', usage: 'Not available in the playground' },
]

function textOf(io: Io, file: string): string {
  const text = io.readFile(file)
  if (text === undefined) throw new CommandError(`error reading ${file}: no such file or directory`)
  return text
}

/** Keys and texts in the order given. @source kubectl/pkg/util generic key and file sources, env_file.go */
function* entriesOf(args: Parsed, io: Io): Generator<[key: string, text: string]> {
  const [files, literals, envFiles] = ['from-file', 'from-literal', 'from-env-file'].map((flag) => args.list(flag).filter(Boolean)) as [
    string[],
    string[],
    string[],
  ]
  if (envFiles.length > 0 && files.length + literals.length > 0)
    throw new CommandError('from-env-file cannot be combined with from-file or from-literal')
  for (const file of files) {
    const parts = file.split('=')
    if (parts.length > 2) throw new CommandError("key names or file paths cannot contain '='")
    const [key, path] = parts.length === 2 ? (parts as [string, string]) : [file.split('/').at(-1) as string, file]
    yield [key, textOf(io, path)]
  }
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
function dataOf(args: Parsed, io: Io, refuse: { wrong(key: string, why: string): string; taken(key: string): string }): Record<string, string> {
  const data = new Map<string, string>()
  if (args.bool('append-hash')) throw new CommandError('the playground does not append hashes; leave out --append-hash')
  for (const [key, text] of entriesOf(args, io)) {
    const why = configKeyError(key)
    if (why) throw new CommandError(refuse.wrong(key, why))
    if (data.has(key)) throw new CommandError(refuse.taken(key))
    data.set(key, text)
  }
  return Object.fromEntries([...data].sort(([a], [b]) => (a < b ? -1 : 1)))
}

const filled = (data: Record<string, unknown>): object => (Object.keys(data).length > 0 ? { data } : {})

function base64(text: string): string {
  let bytes = ''
  for (const byte of new TextEncoder().encode(text)) bytes += String.fromCharCode(byte)
  return btoa(bytes)
}

/** `kubectl create configmap`. @source kubectl/pkg/cmd/create/create_configmap.go */
export const configMap = shownVerb({
  kind: 'ConfigMap',
  words: 'configmap',
  aliases: ['cm'],
  summary: 'Show a ConfigMap made of texts and documents (with --dry-run=client: there are none here)',
  usage: '[--from-file=[key=]source] [--from-literal=key1=value1] [--dry-run=client]',
  flags: sourceFlags,
  make(args, { io }, name) {
    const data = dataOf(args, io, {
      wrong: (key, why) => `${JSON.stringify(key)} is not a valid key name for a ConfigMap: ${why}`,
      taken: (key) => `cannot add key ${JSON.stringify(key)}, another key by that name already exists in Data for ConfigMap ${JSON.stringify(name)}`,
    })
    return filled(data)
  },
})

const generic = shownVerb({
  kind: 'Secret',
  words: 'secret generic',
  summary: 'A Secret of texts and documents',
  usage: '[--type=string] [--from-file=[key=]source] [--from-literal=key1=value1] [--dry-run=client]',
  flags: [{ name: 'type', kind: 'string', usage: 'The type of the Secret' }, ...sourceFlags],
  make(args, { io }) {
    const data = dataOf(args, io, {
      wrong: (key, why) => `${JSON.stringify(key)} is not valid key name for a Secret ${why}`,
      taken: (key) => `cannot add key ${key}, another key by that name already exists`,
    })
    const encoded = Object.fromEntries(Object.entries(data).map(([key, text]) => [key, base64(text)]))
    const type = args.string('type')
    return { ...filled(encoded), ...(type && { type }) }
  },
})

const dockerRegistry = shownVerb({
  kind: 'Secret',
  words: 'secret docker-registry',
  summary: 'A Secret with the account of an image registry',
  usage: '--docker-username=user --docker-password=password --docker-email=email [--dry-run=client]',
  flags: [
    { name: 'docker-server', kind: 'string', default: 'https://index.docker.io/v1/', usage: 'The registry' },
    { name: 'docker-username', kind: 'string', usage: 'Who logs in' },
    { name: 'docker-password', kind: 'string', usage: 'With which password' },
    { name: 'docker-email', kind: 'string', usage: 'The address of who logs in' },
  ],
  make(args) {
    const [server, username, password, email] = ['server', 'username', 'password', 'email'].map((what) => args.string(`docker-${what}`))
    if (!username || !password || !server)
      throw new CommandError('either --from-file or the combination of --docker-username, --docker-password and --docker-server is required')
    const account = { username, password, ...(email && { email }), auth: base64(`${username}:${password}`) }
    const data = { '.dockerconfigjson': base64(JSON.stringify({ auths: { [server]: account } })) }
    return { data, type: 'kubernetes.io/dockerconfigjson' }
  },
})

const tls: Verb = {
  name: 'tls',
  summary: 'A Secret with a certificate and its key (documents hold none here)',
  usage: 'kubectl create secret tls NAME --cert=path/to/cert/file --key=path/to/key/file',
  flags: [{ name: 'cert', kind: 'string', usage: 'The certificate' }, { name: 'key', kind: 'string', usage: 'Its key' }, ...commonFlags],
  *run({ io }, args) {
    nameOperand(args, 'kubectl create secret tls')
    const files = [args.string('cert'), args.string('key')]
    if (files.includes('')) throw new CommandError('key and cert must be specified')
    const missing = files.find((file) => io.readFile(file) === undefined)
    if (missing !== undefined) throw new CommandError(`Cannot read file ${missing}, open ${missing}: no such file or directory`)
    throw new CommandError('the playground cannot check certificates, so it makes no Secret of them')
  },
}

/** `kubectl create secret …`. @source kubectl/pkg/cmd/create/create_secret.go */
export const secret: Verb = {
  name: 'secret',
  summary: 'Show a Secret (with --dry-run=client: there are none here)',
  flags: [],
  subcommands: [dockerRegistry, generic, tls],
}

export const serviceAccount = shownVerb({
  kind: 'ServiceAccount',
  words: 'serviceaccount',
  aliases: ['sa'],
  usage: '[--dry-run=client]',
  make: () => ({}),
})
