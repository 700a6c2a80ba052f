import { apiVersionNames } from '#k8s/api/discovery.ts'
import { metricsGroup, metricsResources, metricsVersion } from '#k8s/api/metrics-resources.ts'
import { apiVersionOf, type Resource, resources } from '#k8s/resources.ts'
import type { Running } from '#protocol/api-client.ts'
import type { Parsed, Verb } from '../command.ts'
import { CommandError, usageError } from '../error-text.ts'
import { alignTable } from '../table.ts'

const apiVerbs = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch']

interface Listed extends Pick<Resource, 'plural' | 'group' | 'namespaced' | 'shortNames' | 'categories'> {
  kind: string
  apiVersion: string
  verbs: readonly string[]
}

const listed: readonly Listed[] = [
  ...resources.map((r) => ({ ...r, apiVersion: apiVersionOf(r), verbs: apiVerbs })),
  ...metricsResources.map(({ name, ...r }) => ({
    ...r,
    plural: name,
    group: metricsGroup,
    apiVersion: metricsVersion,
    shortNames: [],
    categories: [],
  })),
]

function selected(args: Parsed): Listed[] {
  const wanted = listed.filter(
    (r) =>
      (!args.has('api-group') || r.group === args.string('api-group')) &&
      (!args.has('namespaced') || r.namespaced === args.bool('namespaced')) &&
      args.list('verbs').every((v) => r.verbs.includes(v)) &&
      args.list('categories').every((c) => r.categories.includes(c)),
  )
  const key = (r: Listed) => (args.string('sort-by') === 'name' ? r.plural : args.string('sort-by') === 'kind' ? r.kind : r.group)
  const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
  return wanted.sort((a, b) => compare(key(a), key(b)) || compare(a.plural, b.plural))
}

function row(r: Listed, wide: boolean): string {
  const cells = [r.plural, r.shortNames.join(','), r.apiVersion, String(r.namespaced), r.kind]
  return [...cells, ...(wide ? [r.verbs.join(','), r.categories.join(',')] : [])].join('\t')
}

export const apiResources: Verb = {
  name: 'api-resources',
  summary: 'List the types of objects that the cluster knows',
  flags: [
    { name: 'api-group', kind: 'string', usage: 'Only types of this API group' },
    { name: 'namespaced', kind: 'bool', default: 'true', usage: 'Only types that live in namespaces, or with =false the others' },
    { name: 'output', shorthand: 'o', kind: 'string', usage: 'wide or name' },
    { name: 'verbs', kind: 'stringSlice', usage: 'Only types that can be used with these verbs' },
    { name: 'categories', kind: 'stringSlice', usage: 'Only types of these categories, as in all' },
    { name: 'sort-by', kind: 'string', usage: 'name or kind' },
    { name: 'no-headers', kind: 'bool', usage: 'No header line' },
    { name: 'cached', kind: 'bool' },
  ],
  *run({ io }, args): Running {
    if (args.operands.length > 0) throw usageError('kubectl api-resources', `unexpected arguments: [${args.operands.join(' ')}]`)
    const output = args.string('output')
    if (!['', 'wide', 'name'].includes(output)) throw new CommandError(`--output ${output} is not available`)
    if (!['', 'name', 'kind'].includes(args.string('sort-by'))) throw new CommandError('--sort-by accepts only name or kind')
    const found = selected(args)
    if (output === 'name') {
      io.out(found.map((r) => `${r.plural}${r.group && `.${r.group}`}\n`).join(''))
      return 0
    }
    const header = ['NAME', 'SHORTNAMES', 'APIVERSION', 'NAMESPACED', 'KIND', ...(output === 'wide' ? ['VERBS', 'CATEGORIES'] : [])].join('\t')
    io.out(alignTable([...(args.bool('no-headers') ? [] : [header]), ...found.map((r) => row(r, output === 'wide'))]))
    return 0
  },
}

export const apiVersions: Verb = {
  name: 'api-versions',
  summary: 'List the API groups and versions that the cluster knows',
  flags: [],
  *run({ io }, args): Running {
    if (args.operands.length > 0) throw usageError('kubectl api-versions', `unexpected arguments: [${args.operands.join(' ')}]`)
    io.out(apiVersionNames.map((v) => `${v}\n`).join(''))
    return 0
  },
}
