import type { Parsed } from '../command.ts'
import { CommandError } from '../error-text.ts'
import { shownVerb } from './create-shown.ts'

const ruleForm = /^[\w*.-]*\/.*=[\w-]+:[\w-]+/
const maxInt32 = 2 ** 31 - 1

/** `host/path=service:port,tls=secret` in its parts. */
interface Rule {
  host: string
  path: string
  backend: object
  /** Undefined: no TLS; '' = with the certificate that is there anyway. */
  secret?: string
}

/** @source kubectl/pkg/cmd/create buildIngressBackendSvc */
function backendOf(service: string): object {
  const [name = '', text = ''] = service.split(':')
  const isNumber = /^[+-]?\d+$/.test(text) && Number(text) <= maxInt32 && Number(text) >= -maxInt32 - 1
  const port = isNumber ? (Number(text) ? { number: Number(text) } : {}) : text ? { name: text } : {}
  return { service: { name, port } }
}

function ruleOf(text: string): Rule {
  const wrong = new CommandError(`rule ${text} is invalid and should be in format host/path=svcname:svcport[,tls[=secret]]`)
  if (!ruleForm.test(text)) throw wrong
  const [before = '', ...tls] = text.split(',')
  const [host = '', ...rest] = before.split('/')
  const [path, service] = rest.join('/').split('=')
  // a second = in the path, or a comma in it: kubectl crashes
  if (service === undefined || !service.includes(':')) throw wrong
  const secret = tls.length === 1 ? { secret: tls[0]?.split('=')[1] ?? '' } : {}
  return { host, path: `/${path}`, backend: backendOf(service), ...secret }
}

/** Each host once, those with the same secret together. @source buildTLSRules */
function tlsOf(rules: readonly Rule[]): object[] {
  const found: { hosts?: string[]; secretName?: string }[] = []
  const known = new Set<string>()
  for (const { host, secret } of rules) {
    if (secret === undefined || known.has(host)) continue
    known.add(host)
    const same = found.find(({ secretName = '' }) => secretName === secret)
    if (same) same.hosts = [...(same.hosts ?? []), host]
    else if (host || secret) found.push({ ...(host && { hosts: [host] }), ...(secret && { secretName: secret }) })
  }
  return found
}

/** The paths of each host. @source buildIngressRules */
function hostRules(rules: readonly Rule[]): object[] {
  const paths = new Map<string, object[]>()
  for (const { host, path, backend } of rules) {
    const isPrefix = path.endsWith('*')
    const made = { path: isPrefix ? path.slice(0, -1) : path, pathType: isPrefix ? 'Prefix' : 'Exact', backend }
    paths.set(host, [...(paths.get(host) ?? []), made])
  }
  return [...paths].map(([host, ofHost]) => ({ ...(host && { host }), http: { paths: ofHost } }))
}

function annotationsOf(args: Parsed): object {
  const pairs = args.list('annotation').map((text) => {
    const at = text.indexOf('=')
    if (at < 0) throw new CommandError(`annotation ${text} is invalid and should be in format key=[value]`)
    return [text.slice(0, at), text.slice(at + 1)] as const
  })
  return pairs.length > 0 ? { metadata: { annotations: Object.fromEntries(pairs) } } : {}
}

/** `kubectl create ingress`. @source kubectl/pkg/cmd/create/create_ingress.go */
export const ingress = shownVerb({
  kind: 'Ingress',
  group: 'networking.k8s.io',
  words: 'ingress',
  aliases: ['ing'],
  usage: '--rule=host/path=service:port[,tls[=secret]]',
  flags: [
    { name: 'class', kind: 'string', usage: 'The IngressClass' },
    { name: 'rule', kind: 'stringArray', usage: 'host/path=service:port[,tls[=secret]]; a path that ends with * is a prefix' },
    { name: 'default-backend', kind: 'string', usage: 'service:port for what no rule is about' },
    { name: 'annotation', kind: 'stringArray', usage: 'KEY=value' },
  ],
  make(args) {
    const [backend, className, texts] = [args.string('default-backend'), args.string('class'), args.list('rule')]
    if (!backend && texts.length === 0)
      throw new CommandError(
        'not enough information provided: every ingress has to either specify a default-backend (which catches all traffic) or a list of rules (which catch specific paths)',
      )
    const rules = texts.map(ruleOf)
    const annotations = annotationsOf(args)
    if (backend && backend.split(':').length !== 2) throw new CommandError('default-backend should be in format servicename:serviceport')
    const tls = tlsOf(rules)
    const spec = {
      ...(className && { ingressClassName: className }),
      ...(backend && { defaultBackend: backendOf(backend) }),
      ...(tls.length > 0 && { tls }),
      ...(rules.length > 0 && { rules: hostRules(rules) }),
    }
    return { ...annotations, spec, status: { loadBalancer: {} } }
  },
})
