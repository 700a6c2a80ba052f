import { ApiError } from '#k8s/api-error.ts'
import { formatGo } from '#k8s/schema/go-format.ts'
import type { AnyObject, Condition } from '#k8s/types.ts'
import type { Wait } from '#protocol/api-client.ts'
import { clientSince } from '../client-version.ts'
import type { KubectlContext, Parsed, Verb } from '../command.ts'
import { aggregate, CommandError } from '../error-text.ts'
import { exists } from '../exists.ts'
import { compileJsonPath } from '../jsonpath.ts'
import { relaxedJsonPath } from '../output/relaxed-jsonpath.ts'
import {
  allFlag,
  allNamespacesFlag,
  fieldSelectorFlag,
  filesOnlyFlags,
  hasFiles,
  localFlag,
  outputFlags,
  requireFilesIfLocal,
  selectorFlag,
} from '../write/flags.ts'
import { type Info, latestInfos, NamelessList } from '../write/infos.ts'
import { resultPrinter } from '../write/print-result.ts'
import { untilChange } from '../write/until.ts'

const weekMs = 7 * 24 * 3600 * 1000

type Check = (object: AnyObject) => boolean

/** `condition=NAME[=VALUE]`; ignored while it is about an older generation. @source kubectl/pkg/cmd/wait/condition.go */
function conditionCheck(text: string): Check {
  const [name = '', value = 'true'] = text.split(/=(.*)/s)
  return (object) => {
    const status = (object as { status?: { conditions?: (Condition & { observedGeneration?: number })[]; observedGeneration?: number } }).status
    const condition = status?.conditions?.find((c) => c.type.toLowerCase() === name.toLowerCase())
    if (!condition) return false
    const { generation } = object.metadata
    const observed = condition.observedGeneration ?? status?.observedGeneration
    if (generation !== undefined && observed !== undefined && observed < generation) return false
    return condition.status.toLowerCase() === value.toLowerCase()
  }
}

/** `jsonpath={…}[=VALUE]`. @source kubectl/pkg/cmd/wait/json.go */
function jsonPathCheck(text: string): Check {
  const parts = text.split(/(?<!=)=(?!=)/)
  if (parts.length > 2)
    throw new CommandError("jsonpath wait format must be --for=jsonpath='{.status.readyReplicas}'=3 or --for=jsonpath='{.status.readyReplicas}'")
  const [path = '', raw] = parts
  const wanted = raw?.replace(/^['"]+|['"]+$/g, '')
  if (wanted === '') throw new CommandError("jsonpath wait has to have a value after equal sign, like --for=jsonpath='{.status.readyReplicas}'=3")
  const template = relaxedJsonPath(path)
  if (!template) throw new CommandError('jsonpath expression cannot be empty')
  const compiled = compileJsonPath(template)
  return (object) => {
    const results = compiled.findResults(object)
    if (!results[0]?.length) return false
    if (results.length > 1) throw new CommandError('given jsonpath expression matches more than one list')
    if (results[0].length > 1) throw new CommandError('given jsonpath expression matches more than one value')
    if (wanted === undefined) return true
    const value = results[0][0]
    if (typeof value === 'object' && value !== null) throw new CommandError('jsonpath leads to a nested object or list which is not supported')
    return formatGo(value).trim() === wanted.trim()
  }
}

type For = { kind: 'delete' } | { kind: 'create' } | { kind: 'check'; check: Check }

function parseFor(text: string): For {
  const lower = text.toLowerCase()
  if (lower === 'delete' || lower === 'create') return { kind: lower }
  if (text.startsWith('condition=')) return { kind: 'check', check: conditionCheck(text.slice('condition='.length)) }
  if (text.startsWith('jsonpath=')) return { kind: 'check', check: jsonPathCheck(text.slice('jsonpath='.length)) }
  throw new CommandError(`unrecognized condition: ${JSON.stringify(text)}`)
}

/** What is waited for, one after the other; before there could be several the last one counted. */
function conditionsOf({ client }: KubectlContext, args: Parsed): For[] {
  const several = clientSince(client, 'severalConditions')
  const texts = args.list('for')
  if (texts.length === 0 && several) throw new CommandError('unrecognized condition: []')
  return (several ? texts : [texts.at(-1) ?? '']).map(parseFor)
}

function* waitForObject(context: KubectlContext, info: Info, wanted: For, endMs: number, once: boolean): Generator<Wait, AnyObject, void> {
  const { client } = context
  const { ref, resource } = info
  const name = `${resource.plural}/${ref.name}`
  let last = info.object as AnyObject
  const met = (): true | undefined => {
    if (wanted.kind === 'delete') return !exists(client, ref, info.object.metadata.uid) || undefined
    last = client.get(ref)
    return wanted.kind === 'create' || wanted.check(last) || undefined
  }
  // all share one deadline: once it has passed nothing is looked at any more
  const late = !once && client.now() >= endMs
  const done = late ? undefined : yield* untilChange(client, once ? 0 : endMs - client.now(), met)
  if (done) return last
  throw new CommandError(once ? `condition not met for ${name}` : `timed out waiting for the condition on ${name}`)
}

/** `kubectl wait`. @source kubectl/pkg/cmd/wait/wait.go */
export const wait: Verb = {
  name: 'wait',
  summary: 'Wait until objects have a condition, a value, or are gone',
  usage:
    "kubectl wait ([-f FILENAME] | resource.group/resource.name | resource.group [(-l label | --all)]) [--for=create|--for=delete|--for condition=available|--for=jsonpath='{}'[=value]]",
  flags: [
    { name: 'for', kind: 'stringArray', usage: "create, delete, condition=NAME[=VALUE] or jsonpath='{…}'[=VALUE]" },
    { name: 'timeout', kind: 'duration', default: '30s', usage: 'How long to wait; 0 = look once, negative = a week' },
    ...filesOnlyFlags,
    selectorFlag,
    fieldSelectorFlag,
    allFlag,
    allNamespacesFlag,
    localFlag,
    ...outputFlags,
  ],
  *run(context, args) {
    const { client } = context
    const print = resultPrinter(context, args)
    requireFilesIfLocal(args, args.operands)
    const wanted = conditionsOf(context, args)
    const waitsFor = (kind: For['kind']) => wanted.some((w) => w.kind === kind)
    const timeoutMs = args.durationMs('timeout')
    const endMs = client.now() + (timeoutMs < 0 ? weekMs : timeoutMs)
    const find = () =>
      latestInfos(context, args, args.operands, {
        labelSelector: args.string('selector'),
        fieldSelector: args.string('field-selector'),
        allowEmptySelector: args.bool('all'),
        allNamespaces: args.bool('all-namespaces'),
      })
    let { infos, errors } = find()
    const isMissing = (e: Error): boolean => e instanceof ApiError && e.reason === 'NotFound'
    if (waitsFor('delete')) errors = errors.filter((e) => !isMissing(e))
    if (waitsFor('create')) {
      const found = yield* untilChange(client, timeoutMs === 0 ? 0 : endMs - client.now(), () => {
        ;({ infos, errors } = find())
        return (infos.length > 0 && !errors.some(isMissing)) || hasFiles(args) || undefined
      })
      if (!found) throw new CommandError('timed out waiting for the condition')
    }
    errors = errors.map((e) => (e instanceof NamelessList ? new CommandError('resource name must be provided') : e))
    for (const info of infos) {
      try {
        for (const each of wanted) print(info.resource, yield* waitForObject(context, info, each, endMs, timeoutMs === 0), 'condition met')
      } catch (error) {
        if (error instanceof TypeError || error instanceof RangeError) throw error
        errors.push(error as Error)
      }
    }
    const error = aggregate(errors)
    if (error) throw error
    if (!infos.length && !waitsFor('delete')) throw new CommandError('no matching resources found')
    return 0
  },
}
