import { reviewAt, userInfo } from '#k8s/api/access.ts'
import type { Resource } from '#k8s/resources.ts'
import type { KubectlContext, Parsed, Verb } from '../command.ts'
import { aggregate, CommandError, usageError } from '../error-text.ts'
import { objectPrinter } from '../output/object-printer.ts'
import { findResource } from '../resource-type.ts'
import { alignTable } from '../table.ts'
import { dryRunOf } from '../write/dry-run.ts'
import { dryRunFlag, filenameFlags, outputFlags, requireFiles } from '../write/flags.ts'
import { fileInfos } from '../write/infos.ts'
import { nullTimestamp } from '../write/null-timestamp.ts'

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '))
const objectVerbs = words('get list watch create update patch delete deletecollection use bind impersonate * approve sign escalate attest')
const urlVerbs = words('get put post head options delete patch *')
/** Types that only impersonation knows. */
const unlisted = words('users groups')

function missingType(word: string): string {
  const [resource, ...group] = word.toLowerCase().split('.')
  return `the server doesn't have a resource type '${resource}'${group.length ? ` in group '${group.join('.')}'` : ''}`
}

const unscoped = ({ plural, group }: Resource): string => `resource '${plural}' is not namespace scoped${group ? ` in group '${group}'` : ''}`

/** What kubectl finds strange about a question. @source kubectl/pkg/cmd/auth/cani.go Complete, Validate */
function warnings(verb: string, what: string, args: Parsed): string[] {
  const strangeVerb = `verb '${verb}' is not a known verb`
  if (what.startsWith('/')) {
    if (args.string('subresource')) throw new CommandError('--subresource can not be used with NonResourceURL')
    return urlVerbs.has(verb) ? [] : [strangeVerb]
  }
  const type = what.split('/')[0] as string
  const resource = findResource(type)
  const isKnown = resource !== undefined || type === '*' || unlisted.has(type)
  const inAll = args.bool('all-namespaces')
  return [
    ...(isKnown ? [] : [missingType(type)]),
    ...(resource && !resource.namespaced && !inAll ? [unscoped(resource)] : []),
    ...(objectVerbs.has(verb) || inAll ? [] : [strangeVerb]),
  ]
}

/** `kubectl auth can-i`: everything, here. @source kubectl/pkg/cmd/auth/cani.go */
const canI: Verb = {
  name: 'can-i',
  summary: 'Say whether something is allowed; here everything is',
  usage: 'kubectl auth can-i VERB [TYPE | TYPE/NAME | NONRESOURCEURL]',
  flags: [
    { name: 'all-namespaces', shorthand: 'A', kind: 'bool', usage: 'In all namespaces' },
    { name: 'quiet', shorthand: 'q', kind: 'bool', usage: 'Only the exit status' },
    { name: 'subresource', kind: 'string', usage: 'A part of the object, as in log or scale' },
    { name: 'list', kind: 'bool', usage: 'List all that is allowed' },
    { name: 'no-headers', kind: 'bool', usage: 'With --list: no header line' },
  ],
  // biome-ignore lint/correctness/useYield: a verb is a generator
  *run({ io }, args) {
    const { operands } = args
    if (args.bool('list')) {
      if (operands.length) throw new CommandError('list option must be specified with no arguments')
      if (args.bool('quiet') || args.bool('all-namespaces') || args.string('subresource'))
        throw new CommandError("list option can't be specified with neither quiet, all-namespaces nor subresource options")
      const header = 'Resources\tNon-Resource URLs\tResource Names\tVerbs'
      io.out(alignTable([...(args.bool('no-headers') ? [] : [header]), '*.*\t[]\t[]\t[*]', '\t[*]\t[]\t[*]']))
      return 0
    }
    const [verb = '', what] = operands
    if (what === undefined || operands.length > 2) throw usageHint('you must specify two arguments: verb resource or verb resource/resourceName.')
    for (const text of warnings(verb, what, args)) io.err(`Warning: ${text}\n\n`, 'aside')
    if (args.bool('no-headers')) throw new CommandError('--no-headers cannot be set without --list specified')
    if (!args.bool('quiet')) io.out('yes\n')
    return 0
  },
}

const usageHint = (message: string): CommandError => new CommandError(`${message}\nSee 'kubectl auth can-i -h' for help and examples.`)

/** As kubectl has it, whose older versions show a time that nobody set. */
function ownReview({ client }: KubectlContext): object {
  const review = reviewAt('/apis/authentication.k8s.io/v1/selfsubjectreviews') as { metadata?: object }
  return { ...review, metadata: { ...nullTimestamp(client), ...review.metadata } }
}

/** `kubectl auth whoami`. @source kubectl/pkg/cmd/auth/whoami.go */
const whoAmI: Verb = {
  name: 'whoami',
  summary: 'Say as whom you are known to the cluster',
  usage: 'kubectl auth whoami',
  flags: [...outputFlags],
  // biome-ignore lint/correctness/useYield: a verb is a generator
  *run(context, args) {
    const { io } = context
    if (args.operands.length) throw usageError('kubectl auth whoami', `unexpected arguments: [${args.operands.join(' ')}]`)
    const output = args.string('output')
    if (output) io.out(objectPrinter(output, args, context, { isTyped: true })(ownReview(context)))
    else io.out(alignTable(['ATTRIBUTE\tVALUE', `Username\t${userInfo.username}`, `Groups\t[${userInfo.groups.join(' ')}]`]))
    return 0
  },
}

/** `kubectl auth reconcile`: it changes roles and their bindings only, and there are none. @source kubectl/pkg/cmd/auth/reconcile.go */
const reconcile: Verb = {
  name: 'reconcile',
  summary: 'Create roles and bindings from documents, or add to them (there are none here)',
  usage: 'kubectl auth reconcile -f FILENAME',
  flags: [
    ...filenameFlags,
    { name: 'remove-extra-permissions', kind: 'bool', usage: 'Take what the documents do not say from roles' },
    { name: 'remove-extra-subjects', kind: 'bool', usage: 'Take whom the documents do not name from bindings' },
    dryRunFlag,
    ...outputFlags,
  ],
  // biome-ignore lint/correctness/useYield: a verb is a generator
  *run(context, args) {
    requireFiles(args)
    if (args.operands.length) throw usageError('kubectl auth reconcile', 'no arguments are allowed')
    dryRunOf(args, context)
    const error = aggregate(fileInfos(context, args).errors)
    if (error) throw error
    return 0
  },
}

/** `kubectl auth`. */
export const auth: Verb = {
  name: 'auth',
  summary: 'Say who you are and what you may do',
  usage: 'kubectl auth',
  flags: [],
  subcommands: [canI, reconcile, whoAmI],
}
