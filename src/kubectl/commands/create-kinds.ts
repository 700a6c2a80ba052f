import { ApiError } from '#k8s/api-error.ts'
import { portName, safeAlphabet } from '#k8s/name.ts'
import { apiVersionOf, resourceOf } from '#k8s/resources.ts'
import { otherKindRefusal } from '#k8s/schema/decode.ts'
import type { Kind, KubeObject } from '#k8s/types.ts'
import { newestVersion } from '#k8s/version.ts'
import { asInt32 } from '../args.ts'
import type { KubectlContext, Parsed, Verb } from '../command.ts'
import { CommandError, usageError } from '../error-text.ts'
import { escapeHtml } from '../go-format.ts'
import { lateParts } from '../late-parts.ts'
import { type DryRun, dryRunOf } from '../write/dry-run.ts'
import { dryRunFlag, fieldManagerFlag, outputFlags, requireFlags, saveConfigFlag, validateFlag } from '../write/flags.ts'
import { withLastApplied } from '../write/last-applied.ts'
import { nullTimestamp } from '../write/null-timestamp.ts'
import { resultPrinter } from '../write/print-result.ts'
import { validationOf } from '../write/validation.ts'

export const commonFlags: Verb['flags'] = [saveConfigFlag, validateFlag, dryRunFlag, fieldManagerFlag('kubectl-create'), ...outputFlags]

/** The one operand that names the object. @source kubectl/pkg/cmd/create NameFromCommandArgs */
export function nameOperand(args: Parsed, command: string): string {
  const count = args.dashAt < 0 ? args.operands.length : args.dashAt
  if (count !== 1) throw usageError(command, `exactly one NAME is required, got ${count}`)
  return args.operands[0] as string
}

/** What stands behind `--`. */
export const commandOf = (args: Parsed): string[] => (args.dashAt < 0 ? [] : args.operands.slice(args.dashAt))

interface MadeOptions {
  /** Precedes the API's error. */
  failure?: string
  /** Is told: `created`. */
  operation?: string
  /** The kind that the request is for. */
  onlyAs?: Kind
  /** What --dry-run says, where that has been asked already: it may warn. */
  dryRun?: DryRun
  /** --save-config has no effect. */
  neverSaved?: boolean
}

/** Creates (or, dry, only prints) an object that kubectl itself has made. `extra` follows `metadata`. */
export function createMade(
  context: KubectlContext,
  args: Parsed,
  kind: Kind,
  metadata: Record<string, unknown>,
  extra: Record<string, unknown>,
  options: MadeOptions = {},
): void {
  const resource = resourceOf(kind)
  createObject(context, args, { apiVersion: apiVersionOf(resource), kind, metadata, ...extra } as unknown as KubeObject, options)
}

/** Kinds whose objects are shown with what --save-config keeps, even when they are not sent. */
const alwaysSaved: readonly Kind[] = ['Namespace', 'Deployment', 'PriorityClass']

/** What --save-config keeps of an object that kubectl made: the Go struct as JSON. @source kubectl/pkg/util CreateOrUpdateAnnotation */
const madeConfiguration = (object: object): string => `${escapeHtml(JSON.stringify(lateParts().inStructOrder(object)))}\n`

/** The same for an object that is whole. Returns what was made, or would be. */
export function createObject(
  context: KubectlContext,
  args: Parsed,
  made: KubeObject,
  { failure, operation = 'created', onlyAs, neverSaved = false, dryRun = dryRunOf(args, context) }: MadeOptions = {},
): KubeObject {
  const { client } = context
  const print = resultPrinter(context, args, dryRun, { isTyped: true })
  const resource = resourceOf(made.kind as Kind)
  const refusal = onlyAs && dryRun !== 'client' ? otherKindRefusal(onlyAs, made) : undefined
  if (refusal) throw refusal
  if (dryRun !== 'client' && made.metadata.namespace && made.metadata.namespace !== context.namespace)
    throw new ApiError('BadRequest', 'the namespace of the provided object does not match the namespace sent on the request')
  const named = resource.namespaced && (dryRun !== 'client' || args.has('namespace')) ? { namespace: context.namespace } : {}
  const bare = { ...made, metadata: { ...nullTimestamp(client), ...made.metadata, ...named } } as unknown as KubeObject
  // most print what they only would create without it
  const saves = !neverSaved && args.bool('save-config') && (dryRun !== 'client' || alwaysSaved.includes(made.kind as Kind))
  const object = saves ? withLastApplied(bare, madeConfiguration({ ...made, metadata: { ...nullTimestamp(client), ...made.metadata } })) : bare
  const { options } = validationOf(context, args)
  try {
    const shown = dryRun === 'client' ? object : (client.create(object, { ...options, dryRun: dryRun === 'server' }) as KubeObject)
    print(resource, shown, operation)
    return shown
  } catch (error) {
    throw failure && error instanceof ApiError ? new CommandError(`${failure}: ${error.message}`) : error
  }
}

const namespace: Verb = {
  name: 'namespace',
  aliases: ['ns'],
  summary: 'Create a namespace',
  usage: 'kubectl create namespace NAME [--dry-run=server|client|none]',
  flags: commonFlags,
  // biome-ignore lint/correctness/useYield: a verb is a generator
  *run(context, args) {
    createMade(context, args, 'Namespace', { name: nameOperand(args, 'kubectl create namespace') }, { spec: {}, status: {} })
    return 0
  },
}

/** A container's name from its image. @source kubectl/pkg/cmd/create buildPodSpec */
const containerName = (image: string): string => made((image.split('/').at(-1) as string).replace(/[:@].*$/s, ''))

/** Names with dots and underscores lose them, and get an end that kubectl draws by lot. @source sanitizeAndUniquify */
const made = (name: string): string => (/[._]/.test(name) ? `${name.replace(/[^A-Za-z0-9-]/g, '-')}-${safeHash(name)}` : name)

/** Five letters that always are the same for a text. */
function safeHash(text: string): string {
  let hash = 2166136261
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 16777619) >>> 0
  return Array.from({ length: 5 }, (_, i) => safeAlphabet[Math.floor(hash / safeAlphabet.length ** i) % safeAlphabet.length]).join('')
}

const deployment: Verb = {
  name: 'deployment',
  aliases: ['deploy'],
  summary: 'Create a Deployment',
  usage: 'kubectl create deployment NAME --image=image -- [COMMAND] [args...]',
  flags: [
    { name: 'image', kind: 'stringSlice', usage: 'One or more images' },
    { name: 'port', kind: 'int', bits: 32, default: '-1', usage: 'The port of the container' },
    { name: 'replicas', shorthand: 'r', kind: 'int', bits: 32, default: '1', usage: 'How many pods' },
    ...commonFlags,
  ],
  *run(context, args) {
    requireFlags(args, 'image')
    const name = nameOperand(args, 'kubectl create deployment')
    const images = args.list('image')
    const command = commandOf(args)
    const replicas = args.int('replicas')
    if (images.length > 1 && command.length) throw new CommandError('cannot specify multiple --image options and command')
    const labels = { app: name }
    const containers = images.map((image, i) => ({
      ...(command.length && { command }),
      image,
      name: containerName(image),
      ...(args.int('port') >= 0 && i === 0 && { ports: [{ containerPort: args.int('port') }] }),
      resources: {},
    }))
    const template = { metadata: { ...nullTimestamp(context.client), labels }, spec: { containers } }
    createMade(
      context,
      args,
      'Deployment',
      { labels, name },
      { spec: { replicas, selector: { matchLabels: labels }, strategy: {}, template }, status: {} },
      { failure: 'failed to create deployment' },
    )
    return 0
  },
}

const priorityClass: Verb = {
  name: 'priorityclass',
  aliases: ['pc'],
  summary: 'Create a PriorityClass',
  usage: 'kubectl create priorityclass NAME --value=VALUE --global-default=BOOL [--dry-run=server|client|none]',
  flags: [
    { name: 'value', kind: 'int', bits: 32, default: '0', usage: 'The priority' },
    { name: 'global-default', kind: 'bool', usage: 'For pods that name no class' },
    { name: 'description', kind: 'string', usage: 'What it is for' },
    { name: 'preemption-policy', kind: 'string', default: 'PreemptLowerPriority', usage: 'PreemptLowerPriority or Never' },
    ...commonFlags,
  ],
  // biome-ignore lint/correctness/useYield: a verb is a generator
  *run(context, args) {
    const name = nameOperand(args, 'kubectl create priorityclass')
    createMade(
      context,
      args,
      'PriorityClass',
      { name },
      {
        value: args.int('value'),
        ...(args.bool('global-default') && { globalDefault: true }),
        ...(args.string('description') && { description: args.string('description') }),
        preemptionPolicy: args.string('preemption-policy'),
      },
      { failure: 'failed to create priorityclass' },
    )
    return 0
  },
}

type ServiceType = 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'ExternalName'

/** A port of pods: a number, or the name of a port. */
function parseTarget(text: string): number | string {
  const number = /^[+-]?\d+$/.test(text) && Math.abs(Number(text)) < 2 ** 63 ? Number(text) : undefined
  const wrong =
    number === undefined ? portName(text, newestVersion) : number >= 1 && number <= 65535 ? [] : ['must be between 1 and 65535, inclusive']
  if (wrong.length > 0) throw new CommandError(wrong.join(','))
  return number ?? text
}

/** `80`, `80:8080` or `80:http`. @source kubectl/pkg/cmd/create parsePorts */
function parsePort(text: string): { name: string; port: number; protocol: string; targetPort: number | string } {
  const [port = '', target] = text.split(':')
  const problem = (what: string): CommandError => new CommandError(`strconv.ParseUint: parsing ${JSON.stringify(port)}: ${what}`)
  if (!/^\d+$/.test(port)) throw problem('invalid syntax')
  if (Number(port) > 65535) throw problem('value out of range')
  const targetPort = target === undefined ? Number(port) : parseTarget(target)
  return { name: text.replaceAll(':', '-'), port: Number(port), protocol: 'TCP', targetPort }
}

const serviceFlags: Record<ServiceType, Verb['flags']> = {
  ClusterIP: [{ name: 'clusterip', kind: 'string', usage: 'An address, or None' }],
  NodePort: [{ name: 'node-port', kind: 'int', default: '0', usage: 'The port of the nodes' }],
  LoadBalancer: [],
  ExternalName: [{ name: 'external-name', kind: 'string', usage: 'The name outside the cluster' }],
}

const service = (name: string, type: ServiceType): Verb => ({
  name,
  summary: `Create a ${type} Service`,
  usage: `kubectl create service ${name} NAME [--tcp=<port>:<targetPort>] [--dry-run=server|client|none]`,
  flags: [{ name: 'tcp', kind: 'stringSlice', usage: 'PORT:TARGETPORT' }, ...serviceFlags[type], ...commonFlags],
  *run(context, args) {
    const object = nameOperand(args, `kubectl create service ${name}`)
    const nodePort = type === 'NodePort' && asInt32(args.string('node-port'))
    const ports = args
      .list('tcp')
      .filter(Boolean)
      .map((text) => ({ ...parsePort(text), ...(nodePort && { nodePort }) }))
    const clusterIP = type === 'ClusterIP' && args.string('clusterip')
    const isExternal = type === 'ExternalName'
    if (isExternal) requireFlags(args, 'external-name')
    const externalName = isExternal && args.string('external-name')
    if (!ports.length && clusterIP !== 'None' && !isExternal) throw new CommandError('at least one tcp port specifier must be provided')
    const labels = { app: object }
    createMade(
      context,
      args,
      'Service',
      { labels, name: object },
      {
        spec: { ...(clusterIP && { clusterIP }), ...(externalName && { externalName }), ...(ports.length && { ports }), selector: labels, type },
        status: { loadBalancer: {} },
      },
      { failure: `failed to create ${type} service`, neverSaved: true },
    )
    return 0
  },
})

/** `kubectl create KIND …`. */
export const createVerbs: readonly Verb[] = [
  deployment,
  namespace,
  priorityClass,
  {
    name: 'service',
    aliases: ['svc'],
    summary: 'Create a Service',
    flags: [],
    subcommands: [
      service('clusterip', 'ClusterIP'),
      service('externalname', 'ExternalName'),
      service('nodeport', 'NodePort'),
      service('loadbalancer', 'LoadBalancer'),
    ],
  },
]
