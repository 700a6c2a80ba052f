import { envVarName } from '#k8s/name.ts'
import type { Container, EnvVar } from '#k8s/types.ts'
import type { Io, Parsed, Verb } from '../command.ts'
import { CommandError } from '../error-text.ts'
import type { Info } from '../write/infos.ts'
import { mapContainers, podSpecOf, setFlags, setTargets, unlessLocal, updatePodSpecs } from '../write/pod-template.ts'
import { resultPrinter } from '../write/print-result.ts'
import { checkEnvSource } from './env-source.ts'
import { type EnvSource, resolveEnv } from './resolve-env.ts'

const isEnvironment = (word: string): boolean => word === '-' || word.indexOf('=') > 0 || (word.endsWith('-') && word.length > 1)

/** `NAME=value` sets, `NAME-` removes, `-` reads more from what is piped in. @source kubectl/pkg/cmd/set/env ParseEnv */
function parseEnv(words: readonly string[], io: Io): { set: EnvVar[]; remove: string[] } {
  const set: EnvVar[] = []
  const remove: string[] = []
  const lines = words.flatMap((w) => (w === '-' ? (io.stdin ?? '').split('\n').filter((l) => l.includes('=')) : [w]))
  for (const word of lines) {
    const [name = '', value] = word.split(/=(.*)/s)
    if (value !== undefined) {
      const wrong = envVarName(name)
      if (wrong.length) throw new CommandError(`${JSON.stringify(name)} is not a valid key name: ${wrong.join(', ')}`)
      set.push({ name, value })
    } else if (word.endsWith('-')) remove.push(word.slice(0, -1))
    else throw new CommandError(`unknown environment variable: ${word}`)
  }
  const both = set.find((e) => remove.includes(e.name))
  if (both) throw new CommandError('can not both modify and remove the same environment variable in the same command')
  return { set, remove }
}

function updateEnv(container: Container, set: readonly EnvVar[], remove: readonly string[]): Container {
  const kept = (container.env ?? []).filter((e) => !remove.includes(e.name)).map((e) => set.find((s) => s.name === e.name) ?? e)
  const env = [...kept, ...set.filter((s) => !kept.some((k) => k.name === s.name))]
  if (!env.length && !container.env) return container
  return { ...container, env: env.length ? env : undefined }
}

function sourceText(valueFrom: unknown): string {
  const { fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef } = valueFrom as EnvSource
  if (configMapKeyRef) return `configmap ${configMapKeyRef.name}, key ${configMapKeyRef.key}`
  if (secretKeyRef) return `secret ${secretKeyRef.name}, key ${secretKeyRef.key}`
  if (fieldRef) return `field path ${fieldRef.fieldPath}`
  return resourceFieldRef ? `resource field ${resourceFieldRef.resource}` : 'invalid valueFrom'
}

function list(io: Io, info: Info, containers: readonly Container[], isResolved: boolean): void {
  for (const container of containers) {
    io.out(`# ${info.resource.kind} ${info.ref.name}, container ${container.name}\n`)
    for (const { name, value, valueFrom } of container.env ?? []) {
      const resolved = valueFrom && isResolved ? valueOrWhy(io, name, () => resolveEnv(info.object, container, valueFrom as EnvSource)) : value
      io.out(valueFrom && resolved === undefined ? `# ${name} from ${sourceText(valueFrom)}\n` : `${name}=${resolved ?? ''}\n`)
    }
  }
}

/** A pattern that fits no container. */
function warnOfNone(io: Io, { resource, ref }: Info, select: string): void {
  io.err(`Warning: ${resource.kind}/${ref.name} does not have any containers matching ${JSON.stringify(select)}\n`, 'aside')
}

/** The value, or undefined once it has been said why there is none. */
function valueOrWhy(io: Io, name: string, resolve: () => string): string | undefined {
  try {
    return resolve()
  } catch (error) {
    io.err(`error retrieving reference for ${name}: ${(error as Error).message}\n`)
    return undefined
  }
}

function check(args: Parsed, resources: readonly string[]): void {
  if (args.bool('local') && args.string('dry-run') === 'server')
    throw new CommandError('cannot specify --local and --dry-run=server - did you mean --dry-run=client?')
  if (!args.list('filename').some(Boolean) && !resources.length)
    throw new CommandError('one or more resources must be specified as <resource> <name> or <resource>/<name>')
  if (args.bool('list') && args.string('output')) throw new CommandError('--list and --output may not be specified together')
}

const flags: Verb['flags'] = [
  { name: 'containers', shorthand: 'c', kind: 'string', default: '*', usage: 'Only these containers; * stands for any text' },
  { name: 'env', shorthand: 'e', kind: 'stringArray', usage: 'NAME=value' },
  { name: 'list', kind: 'bool', usage: 'Show the variables instead' },
  { name: 'overwrite', kind: 'bool', default: 'true', usage: 'Allow values to be replaced' },
  { name: 'prefix', kind: 'string', usage: 'Put this before the names' },
  { name: 'from', kind: 'string', usage: 'A ConfigMap or Secret; there are none here' },
  { name: 'keys', kind: 'stringSlice', usage: 'Of the one that --from names, only these' },
  { name: 'resolve', kind: 'bool', usage: 'With --list: the values behind fieldRef and resourceFieldRef' },
  ...setFlags.filter((f) => f.name !== 'record'),
]

/** `kubectl set env`. @source kubectl/pkg/cmd/set/set_env.go */
export const setEnv: Verb = {
  name: 'env',
  summary: 'Set or remove environment variables of containers',
  usage: 'kubectl set env RESOURCE/NAME KEY_1=VAL_1 ... KEY_N=VAL_N',
  flags,
  *run(context, args) {
    const { io } = context
    if (args.bool('all') && args.string('selector')) throw new CommandError('cannot set --all and --selector at the same time')
    const first = args.operands.findIndex(isEnvironment)
    const resources = first < 0 ? args.operands : args.operands.slice(0, first)
    const words = first < 0 ? [] : args.operands.slice(first)
    if (!words.every(isEnvironment)) throw new CommandError(`all resources must be specified before environment changes: ${args.operands.join(' ')}`)
    check(args, resources)
    const { set, remove } = parseEnv([...args.list('env'), ...words], io)
    if (args.string('from')) resultPrinter(context, args)
    checkEnvSource(context, args)
    const prefixed = set.map((e) => ({ ...e, name: args.string('prefix') + e.name }))
    const infos = setTargets(context, args, unlessLocal(args, resources))
    const select = args.string('containers')
    if (args.bool('list')) {
      for (const info of infos) {
        const chosen: Container[] = []
        const { found } = mapContainers(podSpecOf(info.object), select, (c) => {
          chosen.push(updateEnv(c, prefixed, remove))
          return c
        })
        if (!found) warnOfNone(io, info, select)
        list(io, info, chosen, args.bool('resolve'))
      }
      return 0
    }
    updatePodSpecs(context, args, infos, {
      path: 'set env',
      flags,
      operation: 'env updated',
      failure: 'failed to patch env update to pod template:',
      update(before, _report, info) {
        const { spec, found } = mapContainers(before, select, (c) => {
          const taken = args.bool('overwrite')
            ? undefined
            : c.env?.find((e) => prefixed.some((s) => s.name === e.name && s.value !== (e.value ?? '')))
          if (taken) throw new CommandError(`'${taken.name}' already has a value (${taken.value ?? ''}), and --overwrite is false`)
          return updateEnv(c, prefixed, remove)
        })
        if (!found) warnOfNone(io, info, select)
        return spec
      },
    })
    return 0
  },
}
