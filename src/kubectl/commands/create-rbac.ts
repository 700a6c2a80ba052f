import type { Io, Parsed, Verb } from '../command.ts'
import { AggregateFailure, CommandError } from '../error-text.ts'
import { findResource } from '../resource-type.ts'
import { shownVerb } from './create-shown.ts'
import { rbacGroup, subjectErrors, subjectFlags, subjectsOf } from './subjects.ts'

const ruleFlags: Verb['flags'] = [
  { name: 'verb', kind: 'stringSlice', usage: 'What may be done: get, list, …' },
  { name: 'resource', kind: 'stringSlice', usage: 'To which types: pods, deployments.apps, pods/log' },
  { name: 'resource-name', kind: 'stringArray', usage: 'Only to the objects of these names' },
]

const verbs = 'get list watch create update patch delete deletecollection use bind escalate impersonate approve sign attest *'.split(' ')
const pathVerbs = 'get post put delete patch head options *'.split(' ')

/** Each once, in the order given; `*` stands for all. */
function verbsOf(args: Parsed): string[] {
  const given = [...new Set(args.list('verb').filter(Boolean))]
  return given.includes('*') ? ['*'] : given
}

/** Rules for types, one for each group. @source kubectl/pkg/cmd/create/create_role.go generateResourcePolicyRules */
function typeRules(args: Parsed, io: Io, allowed: readonly string[]): object[] {
  for (const verb of allowed) if (!verbs.includes(verb)) io.err(`Warning: '${verb}' is not a standard resource verb\n`, 'aside')
  const groups = new Map<string, string[]>()
  for (const word of args.list('resource').filter(Boolean)) {
    const [type = '', ...part] = word.split('/')
    const resource = type === '*' ? { group: '', plural: '*' } : findResource(type)
    // said without the usual `error: `
    if (!resource) throw new AggregateFailure([new CommandError(`the server doesn't have a resource type ${JSON.stringify(type.split('.')[0])}`)])
    const name = [resource.plural, ...part].join('/')
    const names = groups.get(resource.group) ?? []
    groups.set(resource.group, names.includes(name) ? names : [...names, name])
  }
  const resourceNames = args.list('resource-name').filter(Boolean)
  return [...groups].map(([group, names]) => ({
    verbs: allowed,
    apiGroups: [group],
    resources: names,
    ...(resourceNames.length > 0 && { resourceNames }),
  }))
}

/** `kubectl create role`. @source kubectl/pkg/cmd/create/create_role.go */
export const role = shownVerb({
  kind: 'Role',
  group: rbacGroup,
  words: 'role',
  usage: '--verb=verb --resource=resource.group/subresource [--resource-name=resourcename] [--dry-run=client]',
  flags: ruleFlags,
  make(args, { io }) {
    const allowed = verbsOf(args)
    if (allowed.length === 0) throw new CommandError('at least one verb must be specified')
    if (!args.list('resource').some(Boolean)) throw new CommandError('at least one resource must be specified')
    return { rules: typeRules(args, io, allowed) }
  },
})

function clusterRules(args: Parsed, io: Io): object {
  const allowed = verbsOf(args)
  const paths = args.list('non-resource-url').filter(Boolean)
  const isTyped = args.list('resource').some(Boolean)
  const aggregated = args.string('aggregation-rule')
  if (aggregated) {
    if (allowed.length > 0 || paths.length > 0 || isTyped || args.has('resource-name'))
      throw new CommandError('aggregation rule must be specified without nonResourceURLs, verbs, resources or resourceNames')
    const matchLabels = Object.fromEntries(aggregated.split(',').map((pair) => pair.split('=', 2)))
    return { rules: null, aggregationRule: { clusterRoleSelectors: [{ matchLabels }] } }
  }
  if (allowed.length === 0) throw new CommandError('at least one verb must be specified')
  if (!isTyped && paths.length === 0) throw new CommandError('one of resource or nonResourceURL must be specified')
  const wrongVerb = paths.length > 0 ? allowed.find((verb) => !pathVerbs.includes(verb)) : undefined
  if (wrongVerb) throw new CommandError(`invalid verb: '${wrongVerb}' for nonResourceURL`)
  if (paths.some((path) => path !== '*' && !path.startsWith('/'))) throw new CommandError('nonResourceURL should start with /')
  return { rules: [...typeRules(args, io, allowed), ...(paths.length > 0 ? [{ verbs: allowed, nonResourceURLs: paths }] : [])] }
}

/** `kubectl create clusterrole`. @source kubectl/pkg/cmd/create/create_clusterrole.go */
export const clusterRole = shownVerb({
  kind: 'ClusterRole',
  group: rbacGroup,
  isClusterScoped: true,
  words: 'clusterrole',
  usage: '--verb=verb --resource=resource.group [--non-resource-url=url] [--dry-run=client]',
  flags: [
    ...ruleFlags,
    { name: 'non-resource-url', kind: 'stringSlice', usage: 'To which paths' },
    { name: 'aggregation-rule', kind: 'string', usage: 'The labels of the roles that it gathers' },
  ],
  make: (args, { io }) => clusterRules(args, io),
})

function bindingOf(args: Parsed, kind: string, name: string): object {
  const wrong = subjectErrors(args)[0]
  if (wrong) throw wrong
  const subjects = subjectsOf(args)
  return { ...(subjects.length > 0 && { subjects }), roleRef: { apiGroup: rbacGroup, kind, name } }
}

/** `kubectl create rolebinding`. @source kubectl/pkg/cmd/create/create_rolebinding.go */
export const roleBinding = shownVerb({
  kind: 'RoleBinding',
  group: rbacGroup,
  words: 'rolebinding',
  usage: '--clusterrole=NAME|--role=NAME [--user=username] [--group=groupname] [--dry-run=client]',
  flags: [{ name: 'role', kind: 'string', usage: 'The Role' }, { name: 'clusterrole', kind: 'string', usage: 'The ClusterRole' }, ...subjectFlags],
  make(args) {
    const [ofNamespace, ofCluster] = [args.string('role'), args.string('clusterrole')]
    if (Boolean(ofNamespace) === Boolean(ofCluster)) throw new CommandError('exactly one of clusterrole or role must be specified')
    return bindingOf(args, ofNamespace ? 'Role' : 'ClusterRole', ofNamespace || ofCluster)
  },
})

/** `kubectl create clusterrolebinding`. @source kubectl/pkg/cmd/create/create_clusterrolebinding.go */
export const clusterRoleBinding = shownVerb({
  kind: 'ClusterRoleBinding',
  group: rbacGroup,
  isClusterScoped: true,
  words: 'clusterrolebinding',
  usage: '--clusterrole=NAME [--user=username] [--group=groupname] [--dry-run=client]',
  flags: [{ name: 'clusterrole', kind: 'string', usage: 'The ClusterRole' }, ...subjectFlags],
  required: ['clusterrole'],
  make: (args) => bindingOf(args, 'ClusterRole', args.string('clusterrole')),
})
