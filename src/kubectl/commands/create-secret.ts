import type { KubectlContext, Verb } from '../command.ts'
import { CommandError } from '../error-text.ts'
import { keyPairs, loadKeyPairs } from '../tls/load.ts'
import { pemPair } from '../tls/pem-pair.ts'
import { dataOf, entriesOf, fileEntries, filled, sourceFlags } from './create-config.ts'
import { appendHashFlag, hashedName } from './create-hash.ts'
import { shownVerb } from './create-shown.ts'

function base64(text: string): string {
  let bytes = ''
  for (const byte of new TextEncoder().encode(text)) bytes += String.fromCharCode(byte)
  return btoa(bytes)
}

const encoded = (data: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(data).map(([key, text]) => [key, base64(text)]))

const refusals = {
  wrong: (key: string, why: string) => `${JSON.stringify(key)} is not valid key name for a Secret ${why}`,
  taken: (key: string) => `cannot add key ${key}, another key by that name already exists`,
}

const generic = shownVerb({
  kind: 'Secret',
  words: 'secret generic',
  summary: 'A Secret of texts and documents',
  usage: '[--type=string] [--from-file=[key=]source] [--from-literal=key1=value1] [--dry-run=client]',
  flags: [{ name: 'type', kind: 'string', usage: 'The type of the Secret' }, ...sourceFlags],
  make(args, { io }, name) {
    const data = encoded(dataOf(entriesOf(args, io), refusals))
    const type = args.string('type')
    return { ...hashedName(args, name, { kind: 'Secret', type, data }), ...filled(data), ...(type && { type }) }
  },
})

/** What the account of a registry is kept under. */
const accountKey = '.dockerconfigjson'

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
    { name: 'from-file', kind: 'stringSlice', usage: 'A document with the accounts, as docker keeps them' },
    appendHashFlag,
  ],
  make(args, { io }, name) {
    const type = 'kubernetes.io/dockerconfigjson'
    const [server, username, password, email] = ['server', 'username', 'password', 'email'].map((what) => args.string(`docker-${what}`))
    const files = args.list('from-file').filter(Boolean)
    if (files.length === 0 && (!username || !password || !server))
      throw new CommandError('either --from-file or the combination of --docker-username, --docker-password and --docker-server is required')
    const account = { username, password, ...(email && { email }), auth: base64(`${username}:${password}`) }
    const made = { [accountKey]: JSON.stringify({ auths: { [server as string]: account } }) }
    const data = encoded(files.length > 0 ? dataOf(fileEntries(args, io, accountKey), refusals) : made)
    return { ...hashedName(args, name, { kind: 'Secret', type, data }), data, type }
  },
})

/** A named document, read as `kubectl create secret tls` reads files. */
function fileText({ io }: KubectlContext, file: string): string {
  const text = io.readFile(file)
  if (text === undefined) throw new CommandError(`Cannot read file ${file}, open ${file}: no such file or directory`)
  return text
}

const tls = shownVerb({
  kind: 'Secret',
  words: 'secret tls',
  summary: 'A Secret of a certificate and its key, each a document',
  usage: '--cert=path/to/cert/file --key=path/to/key/file [--dry-run=client]',
  flags: [{ name: 'cert', kind: 'string', usage: 'The certificate' }, { name: 'key', kind: 'string', usage: 'Its key' }, appendHashFlag],
  load: loadKeyPairs,
  make(args, context, name) {
    const type = 'kubernetes.io/tls'
    const files = [args.string('cert'), args.string('key')]
    if (files.includes('')) throw new CommandError('key and cert must be specified')
    const [cert = '', key = ''] = files.map((file) => fileText(context, file))
    const pair = pemPair(cert, key)
    if (keyPairs()(pair.certificate, pair.key) === 'unknown')
      context.io.err('that the key belongs to the certificate was not checked: the playground cannot work with its curve\n', 'aside')
    const data = encoded({ 'tls.crt': cert, 'tls.key': key })
    return { ...hashedName(args, name, { kind: 'Secret', type, data }), data, type }
  },
})

/** `kubectl create secret …`. @source kubectl/pkg/cmd/create/create_secret.go */
export const secret: Verb = {
  name: 'secret',
  summary: 'Show a Secret (with --dry-run=client: there are none here)',
  flags: [],
  subcommands: [dockerRegistry, generic, tls],
}
