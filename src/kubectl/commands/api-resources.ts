import { apiVersionNames } from '#k8s/api/discovery.ts'
import { metricsGroup, metricsResources, metricsVersion } from '#k8s/api/metrics-resources.ts'
import { apiVersionOf, type Resource, resources } from '#k8s/resources.ts'
import type { ApiClient, Running } from '#protocol/api-client.ts'
import { clientSince } from '../client-version.ts'
import type { Parsed, Verb } from '../command.ts'
import { CommandError, usageError } from '../error-text.ts'
import { toKyaml } from '../output/kyaml.ts'
import { toYaml } from '../output/yaml.ts'
import { alignTable } from '../table.ts'

const apiVerbs = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch']

interface Listed extends Pick<Resource, 'plural' | 'singular' | 'group' | 'namespaced' | 'shortNames' | 'categories'> {
  kind: string
  apiVersion: string
  verbs: readonly string[]
}

const listed: readonly Listed[] = [
  ...resources.map((r) => ({ ...r, apiVersion: apiVersionOf(r), verbs: apiVerbs })),
  ...metricsResources.map(({ name, ...r }) => ({
    ...r,
    plural: name,
    singular: '',
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

/** As an object; without any, there is no list of them. */
function resourceList(found: readonly Listed[]): object {
  const resources = found.map(({ plural, singular, namespaced, group, apiVersion, kind, verbs, shortNames, categories }) => ({
    name: plural,
    singularName: singular,
    namespaced,
    ...(group && { group }),
    version: apiVersion.split('/').at(-1),
    kind,
    verbs,
    ...(shortNames.length > 0 && { shortNames }),
    ...(categories.length > 0 && { categories }),
  }))
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: '', resources: found.length > 0 ? resources : null }
}

/** Undefined for what is no object: a table, or names. Throws for what there is not. */
function objectPrinterFor(output: string, client: Pick<ApiClient, 'version'>): ((object: object) => string) | undefined {
  if (['', 'wide', 'name'].includes(output)) return undefined
  if (!clientSince(client, 'printedResources')) throw new CommandError(`--output ${output} is not available`)
  const hasKyaml = clientSince(client, 'kyaml')
  if (output === 'json') return (object) => `${JSON.stringify(object, null, 4)}\n`
  if (output === 'yaml') return toYaml
  if (output === 'kyaml' && hasKyaml) return (object) => toKyaml(object, 'all')
  const allowed = ['json', ...(hasKyaml ? ['kyaml'] : []), 'name', 'wide', 'yaml']
  throw new CommandError(
    `unable to match a printer suitable for the output format ${JSON.stringify(output)}, allowed formats are: ${allowed.join(',')}`,
  )
}

export const apiResources: Verb = {
  name: 'api-resources',
  summary: 'List the types of objects that the cluster knows',
  flags: [
    { name: 'api-group', kind: 'string', usage: 'Only types of this API group' },
    { name: 'namespaced', kind: 'bool', default: 'true', usage: 'Only types that live in namespaces, or with =false the others' },
    { name: 'output', shorthand: 'o', kind: 'string', usage: 'wide, name, json, yaml or kyaml' },
    { name: 'verbs', kind: 'stringSlice', usage: 'Only types that can be used with these verbs' },
    { name: 'categories', kind: 'stringSlice', usage: 'Only types of these categories, as in all' },
    { name: 'sort-by', kind: 'string', usage: 'name or kind' },
    { name: 'no-headers', kind: 'bool', usage: 'No header line' },
    { name: 'cached', kind: 'bool' },
  ],
  *run({ io, client }, args): Running {
    if (args.operands.length > 0) throw usageError('kubectl api-resources', `unexpected arguments: [${args.operands.join(' ')}]`)
    const output = args.string('output')
    const print = objectPrinterFor(output, client)
    if (!['', 'name', 'kind'].includes(args.string('sort-by'))) throw new CommandError('--sort-by accepts only name or kind')
    const found = selected(args)
    if (print) {
      io.out(print(resourceList(found)))
      return 0
    }
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
