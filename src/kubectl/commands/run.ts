import type { KubeObject } from '#k8s/types.ts'
import { wholeNumberError } from '../args.ts'
import type { Parsed, Verb } from '../command.ts'
import { CommandError, usageError } from '../error-text.ts'
import { dryRunOf } from '../write/dry-run.ts'
import { dryRunFlag, fieldManagerFlag, filenameFlags, outputFlags, recordFlag, requireFlags, saveConfigFlag } from '../write/flags.ts'
import { overridden, overrideFlags } from '../write/overrides.ts'
import { parseLabelSpec } from '../write/pairs.ts'
import { resultPrinter } from '../write/print-result.ts'
import { createMade, createObject } from './create-kinds.ts'
import { deleteFlags, propagationOf, tellOldCascade } from './delete.ts'
import { attachTo } from './run-attached.ts'

const imageReference =
  /^([A-Za-z0-9]([-A-Za-z0-9.]*[A-Za-z0-9])?(:\d+)?\/)?[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*(:\w[\w.-]{0,127})?(@[A-Za-z][\w.+-]*:[0-9a-fA-F]{32,})?$/

const pair = (text: string, what: string): [string, string] => {
  const at = text.indexOf('=')
  if (at < 1) throw new CommandError(`${what}: ${text}`)
  return [text.slice(0, at), text.slice(at + 1)]
}

const isAttached = (args: Parsed): boolean => (args.has('attach') ? args.bool('attach') : args.bool('stdin'))

function check(args: Parsed): void {
  const bad = (message: string): CommandError => usageError('kubectl run', message)
  propagationOf(args)
  if (!args.operands.length || args.dashAt === 0) throw bad('NAME is required for run')
  if (args.durationMs('pod-running-timeout') <= 0) throw bad('--pod-running-timeout must be higher than zero')
  const image = args.string('image')
  if (!image) throw new CommandError('--image is required')
  if (!imageReference.test(image)) throw new CommandError(`Invalid image name ${JSON.stringify(image)}: invalid reference format`)
  if (args.bool('tty') && !args.bool('stdin')) throw bad('-i/--stdin is required for containers with -t/--tty=true')
  if (args.bool('expose') && !args.string('port')) throw bad('--port must be set when exposing a service')
  if (!['Always', 'OnFailure', 'Never'].includes(args.string('restart'))) throw bad(`invalid restart policy: ${args.string('restart')}`)
  const attach = isAttached(args)
  if (!attach && args.bool('rm')) throw bad('--rm should only be used for attached containers')
  if (attach && args.string('dry-run') !== 'none')
    throw bad("--dry-run=[server|client] can't be used with attached containers options (--attach, --stdin, or --tty)")
  const policy = args.string('image-pull-policy')
  if (policy && !['Always', 'IfNotPresent', 'Never'].includes(policy)) throw usageError('kubectl run', `invalid image pull policy: ${policy}`)
}

/** `kubectl run`: one pod. @source kubectl/pkg/cmd/run/run.go, generate/versioned/run.go BasicPod */
export const run: Verb = {
  name: 'run',
  summary: 'Create a pod with one container',
  usage:
    'kubectl run NAME --image=image [--env="key=value"] [--port=port] [--dry-run=server|client] [--overrides=inline-json] [--command] -- [COMMAND] [args...]',
  flags: [
    { name: 'image', kind: 'string', usage: 'The image of the container' },
    { name: 'annotations', kind: 'stringArray', usage: 'KEY=value' },
    { name: 'labels', shorthand: 'l', kind: 'string', usage: 'KEY=value,…; otherwise run=NAME' },
    { name: 'env', kind: 'stringArray', usage: 'NAME=value' },
    { name: 'port', kind: 'string', usage: 'The port of the container' },
    { name: 'restart', kind: 'string', default: 'Always', usage: 'Always, OnFailure or Never' },
    { name: 'image-pull-policy', kind: 'string', usage: 'Always, IfNotPresent or Never' },
    { name: 'command', kind: 'bool', usage: 'What stands behind -- replaces the command, not its arguments' },
    ...overrideFlags,
    { name: 'privileged', kind: 'bool', usage: 'Run privileged' },
    { name: 'expose', kind: 'bool', usage: 'Also create a Service' },
    { name: 'attach', kind: 'bool', usage: 'Wait until it runs, and attach to it: as no program runs here, there is nothing to see' },
    { name: 'stdin', shorthand: 'i', kind: 'bool', usage: 'Keep its input open; with --attach, unless that is false' },
    { name: 'tty', shorthand: 't', kind: 'bool', usage: 'Give it a terminal' },
    { name: 'rm', kind: 'bool', usage: 'Delete the pod after having been attached to it' },
    { name: 'leave-stdin-open', kind: 'bool', usage: 'Keep its input open for more than one' },
    { name: 'quiet', shorthand: 'q', kind: 'bool', usage: 'Do not tell of what is deleted' },
    { name: 'pod-running-timeout', kind: 'duration', default: '1m0s', usage: 'How long to wait until it runs' },
    saveConfigFlag,
    dryRunFlag,
    fieldManagerFlag('kubectl-run'),
    recordFlag,
    ...filenameFlags,
    ...deleteFlags,
    ...outputFlags,
    { name: 'validate', kind: 'string', default: 'ignore' },
  ],
  *run(context, args) {
    requireFlags(args, 'image')
    const dryRun = dryRunOf(args, context)
    // what is wrong with -o is said before what is wrong with the rest
    resultPrinter(context, args, dryRun)
    tellOldCascade(context, args)
    check(args)
    const [name, ...words] = args.operands as [string, ...string[]]
    const labels = args.string('labels') ? parseLabelSpec(args.string('labels')) : { run: name }
    const annotations = Object.fromEntries(
      args
        .list('annotations')
        .filter(Boolean)
        .map((a) => pair(a, 'invalid annotation')),
    )
    const env = args
      .list('env')
      .filter(Boolean)
      .map((e): [string, string, string] => [e, ...pair(e, 'invalid env')])
      .map(([text, name, value]) => {
        if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) throw new CommandError(`invalid env: ${text}`)
        return { name, value }
      })
    const port = args.string('port')
    const notANumber = port && wholeNumberError(port, 64, /^[-+]?\d+$/)
    if (notANumber) throw new CommandError(notANumber.replace('ParseInt', 'Atoi'))
    const policy = args.string('image-pull-policy')
    const container = {
      ...(words.length && (args.bool('command') ? { command: words } : { args: words })),
      ...(env.length && { env }),
      image: args.string('image'),
      ...(policy && { imagePullPolicy: policy }),
      name,
      ...(port && { ports: [{ containerPort: Number(port) | 0 }] }),
      resources: {},
      ...(args.bool('privileged') && { securityContext: { privileged: true } }),
      ...(args.bool('stdin') && { stdin: true, ...(!args.bool('leave-stdin-open') && { stdinOnce: true }) }),
      ...(args.bool('tty') && { tty: true }),
    }
    const metadata = { ...(Object.keys(annotations).length && { annotations }), labels, name }
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata,
      spec: { containers: [container], dnsPolicy: 'ClusterFirst', restartPolicy: args.string('restart') },
      status: {},
    }
    // the pod is made first, and told of last
    let told = ''
    const io = {
      ...context.io,
      out: (text: string) => {
        told += text
      },
    }
    const made = createObject({ ...context, io }, args, overridden(context, args, pod as KubeObject & typeof pod), { onlyAs: 'Pod', dryRun })
    const attached = isAttached(args)
    try {
      if (args.bool('expose') && port) {
        const ports = [{ port: Number(port) | 0, protocol: 'TCP', targetPort: Number(port) | 0 }]
        createMade(context, args, 'Service', { name }, { spec: { ports, selector: labels }, status: { loadBalancer: {} } }, { dryRun })
        if (args.string('output').toLowerCase() === 'yaml') context.io.out('---\n---\n')
      }
    } finally {
      if (!attached) context.io.out(told)
    }
    if (attached) yield* attachTo(context, args, made.metadata.name, args.bool('expose') ? name : undefined)
    return 0
  },
}
