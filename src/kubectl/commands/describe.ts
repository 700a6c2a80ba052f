import { noSuchPath } from '#k8s/api/request-object.ts'
import { ApiError } from '#k8s/api-error.ts'
import type { ApiClient, Running } from '#protocol/api-client.ts'
import { clientSince } from '../client-version.ts'
import type { KubectlContext, Parsed, Verb } from '../command.ts'
import { describers } from '../describe/index.ts'
import { AggregateFailure, aggregate, CommandError } from '../error-text.ts'
import { type FoundObject, findObjects, listObjects, parseResourceArgs, type ResourceRequest } from '../resource-args.ts'
import { hasFiles } from '../write/flags.ts'
import { asOne, givenInfos, NamelessList, WrongNamespace } from '../write/infos.ts'

/** `count` = how many were to be described, as far as that is known before. */
function textOf({ resource, object }: FoundObject, client: ApiClient, args: Parsed, count: number): string {
  const unasked = count > 1 && !args.has('show-events') && clientSince(client, 'eventsOfOne')
  return describers[resource.kind](object, { client, showEvents: args.bool('show-events') && !unasked })
}

function requestOf(context: KubectlContext, args: Parsed, errors: Error[]): ResourceRequest {
  if (hasFiles(args)) {
    const { infos, errors: bad } = givenInfos(context, args, { labelSelector: args.string('selector') })
    if (bad.some((e) => e instanceof NamelessList)) throw new CommandError('name is required')
    for (const error of bad) errors.push(error)
    return { kind: 'named', targets: infos, single: infos.length === 1 }
  }
  return parseResourceArgs(args.operands, {
    namespace: context.namespace,
    allNamespaces: args.bool('all-namespaces'),
    labelSelector: args.string('selector'),
    allowEmptySelector: true,
  })
}

/** What files name is looked for without a word about its namespace; the same answer is told once. @source kubectl/pkg/cmd/describe DescribeOptions.Run */
function asked({ client }: KubectlContext, request: ResourceRequest): { found: FoundObject[]; errors: Error[] } {
  const found: FoundObject[] = []
  const errors = new Map<string, Error>()
  for (const target of request.kind === 'named' ? request.targets : []) {
    try {
      if (target.ref.namespace === '') throw noSuchPath()
      found.push({ ...target, object: client.get(target.ref) })
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      if (!errors.has(error.message)) errors.set(error.message, error)
    }
  }
  return { found, errors: [...errors.values()] }
}

/** The objects whose names begin with the one asked for. @source kubectl/pkg/cmd/describe DescribeMatchingResources */
function describeByPrefix(context: KubectlContext, args: Parsed, original: Error): void {
  const [type = '', prefix = ''] = args.operands
  const request = parseResourceArgs([type], { namespace: context.namespace, allowEmptySelector: true, singleType: true })
  if (request.kind !== 'list') throw original
  const found = request.resources.flatMap((r) => listObjects(context.client, r, request)).filter((f) => f.ref.name.startsWith(prefix))
  if (found.length === 0) throw original
  for (const f of found) context.io.out(`${textOf(f, context.client, args, Number.POSITIVE_INFINITY)}\n`)
}

export const describe: Verb = {
  name: 'describe',
  summary: 'Show an object in words, with what belongs to it and its events',
  usage: 'kubectl describe (TYPE [NAME_PREFIX | -l label] | TYPE/NAME) [flags]',
  flags: [
    { name: 'all-namespaces', shorthand: 'A', kind: 'bool', usage: 'In all namespaces' },
    { name: 'selector', shorthand: 'l', kind: 'string', usage: 'Only objects whose labels match' },
    { name: 'show-events', kind: 'bool', default: 'true', usage: 'Show the events at the end' },
    { name: 'filename', shorthand: 'f', kind: 'stringSlice', default: '', usage: 'The objects that a document names' },
    { name: 'chunk-size', kind: 'int', default: '500' },
    { name: 'kustomize', shorthand: 'k', kind: 'string' },
    { name: 'recursive', shorthand: 'R', kind: 'bool' },
  ],
  *run(context, args): Running {
    if (args.operands.length === 0 && !hasFiles(args)) {
      throw new CommandError(
        'You must specify the type of resource to describe. Use "kubectl api-resources" for a complete list of supported resources.',
      )
    }
    const unread: Error[] = []
    const request = requestOf(context, args, unread)
    const { found, errors } = hasFiles(args) ? asked(context, request) : findObjects(context.client, request)
    const missing = errors[0]
    // two words are taken for a type and the beginning of a name, even where they are two names
    const byName = args.operands.length === 2 && !hasFiles(args) && errors.length === 1
    if (byName && missing && 'reason' in missing && missing.reason === 'NotFound') {
      describeByPrefix(context, args, missing)
      return 0
    }
    const count = request.kind === 'named' ? request.targets.length : found.length
    found.forEach((f, i) => {
      context.io.out(`${i > 0 ? '\n\n' : ''}${textOf(f, context.client, args, count)}`)
    })
    const error = unread.some((e) => !(e instanceof WrongNamespace))
      ? new AggregateFailure([...(errors.length > 0 ? asOne(unread) : unread), ...errors])
      : aggregate([...unread, ...errors])
    if (error) throw error
    if (found.length === 0) {
      context.io.err(args.bool('all-namespaces') ? 'No resources found\n' : `No resources found in ${context.namespace} namespace.\n`, 'aside')
    }
    return 0
  },
}
