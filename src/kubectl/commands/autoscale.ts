import { canonicalQuantity, quantityError } from '#k8s/quantity.ts'
import { apiVersionOf, hasScale } from '#k8s/resources.ts'
import { clientSince } from '../client-version.ts'
import type { KubectlContext, Parsed, Verb } from '../command.ts'
import { CommandError } from '../error-text.ts'
import { changeCauseOf, withChangeCause } from '../write/change-cause.ts'
import { dryRunOf } from '../write/dry-run.ts'
import { dryRunFlag, fieldManagerFlag, filenameFlags, outputFlags, recordFlag, requireFlags, saveConfigFlag } from '../write/flags.ts'
import { forEachInfo, givenInfos, type Info } from '../write/infos.ts'
import { nullTimestamp } from '../write/null-timestamp.ts'
import { resultPrinter } from '../write/print-result.ts'

const notSimulated =
  'the playground does not simulate HorizontalPodAutoscalers, so none can be created; "kubectl scale" sets how many pods there are, and --dry-run=client shows the object'

interface Metric {
  type: 'Resource'
  resource: { name: string; target: object }
}

const utilization = (averageUtilization: number): object => ({ type: 'Utilization', averageUtilization })

/** `70%` of what pods request, or an amount; a bare number counts in `unit`. @source kubectl/pkg/cmd/autoscale parseResourceInput */
function targetOf(name: string, text: string, unit: string): object {
  if (text.endsWith('%')) {
    const percent = text.slice(0, -1)
    if (!/^\+?\d+$/.test(percent) || Number(percent) > 2 ** 31 - 1) throw new CommandError(`invalid percentage value: ${percent}`)
    return utilization(Number(percent))
  }
  const amount = /^[-+]?[\d.]+$/.test(text) ? `${text}${unit}` : text
  if (quantityError(amount)) throw new CommandError(`invalid resource ${name} value: ${text}`)
  return { type: 'AverageValue', averageValue: canonicalQuantity(amount) }
}

function metricsOf({ client }: KubectlContext, args: Parsed): Metric[] {
  const percent = args.int('cpu-percent')
  const least = clientSince(client, 'noZeroPercent') ? 1 : 0
  if (percent > 0 && args.string('cpu')) throw new CommandError('--cpu-percent and --cpu are mutually exclusive')
  const metric = (name: string, target: object): Metric => ({ type: 'Resource', resource: { name, target } })
  return [
    ...(percent >= least ? [metric('cpu', utilization(percent))] : []),
    ...(args.string('cpu') ? [metric('cpu', targetOf('cpu', args.string('cpu'), 'm'))] : []),
    ...(args.string('memory') ? [metric('memory', targetOf('memory', args.string('memory'), 'Mi'))] : []),
  ]
}

/** What the autoscaler would be, its fields in the order of the Go struct. */
function autoscalerOf({ client }: KubectlContext, args: Parsed, { resource, ref }: Info, metrics: readonly Metric[]) {
  const created = nullTimestamp(client)
  const min = args.int('min')
  return {
    kind: 'HorizontalPodAutoscaler',
    apiVersion: 'autoscaling/v2',
    metadata: { name: args.string('name') || ref.name, ...created },
    spec: {
      scaleTargetRef: { kind: resource.kind, name: ref.name, apiVersion: apiVersionOf(resource) },
      ...(min > 0 && { minReplicas: min }),
      maxReplicas: args.int('max'),
      ...(metrics.length > 0 && { metrics }),
    },
    status: { desiredReplicas: 0, currentMetrics: null },
  }
}

function checkScalable({ resource }: Info): void {
  const { kind, group, version, plural } = resource
  if (!hasScale(kind))
    throw new CommandError(
      `cannot autoscale a ${kind}: could not find scale subresource for ${group}/${version}, Resource=${plural} in discovery information`,
    )
}

/**
 * `kubectl autoscale`: says what kubectl says about what can have no autoscaler, and shows the object under --dry-run=client; none can be
 * created here. @source kubectl/pkg/cmd/autoscale/autoscale.go
 */
export const autoscale: Verb = {
  name: 'autoscale',
  summary: 'Show the HorizontalPodAutoscaler of a workload (none can be created: the playground has no such objects)',
  usage: 'kubectl autoscale (-f FILENAME | TYPE NAME | TYPE/NAME) [--min=MINPODS] --max=MAXPODS [--cpu=CPU] [--memory=MEMORY]',
  flags: [
    { name: 'max', kind: 'int', bits: 32, default: '-1', usage: 'The most pods' },
    { name: 'min', kind: 'int', bits: 32, default: '-1', usage: 'The fewest pods' },
    { name: 'cpu', kind: 'string', sinceMinor: 34, usage: 'Of what pods request (70%), or an amount for each (500m)' },
    { name: 'memory', kind: 'string', sinceMinor: 34, usage: 'Of what pods request (70%), or an amount for each (200Mi)' },
    { name: 'cpu-percent', kind: 'int', bits: 32, default: '-1' },
    {
      name: 'cpu-percent',
      kind: 'int',
      bits: 32,
      default: '-1',
      sinceMinor: 34,
      deprecated: "Use --cpu with percentage or resource quantity format (e.g., '70%' for utilization or '500m' for milliCPU).",
    },
    { name: 'name', kind: 'string', usage: 'The name of the object; by default that of the workload' },
    saveConfigFlag,
    fieldManagerFlag('kubectl-autoscale'),
    ...filenameFlags,
    dryRunFlag,
    recordFlag,
    ...outputFlags,
  ],
  *run(context, args) {
    requireFlags(args, 'max')
    const dryRun = dryRunOf(args, context)
    const print = resultPrinter(context, args, dryRun, { isTyped: true })
    const [min, max] = [args.int('min'), args.int('max')]
    if (max < 1) throw new CommandError(`--max=MAXPODS is required and must be at least 1, max: ${max}`)
    if (max < min) throw new CommandError(`--max=MAXPODS must be larger or equal to --min=MINPODS, max: ${max}, min: ${min}`)
    const metrics = metricsOf(context, args)
    const cause = changeCauseOf(args, 'autoscale')
    yield* forEachInfo(givenInfos(context, args), (info) => {
      checkScalable(info)
      if (dryRun !== 'client') throw new CommandError(notSimulated)
      print({ kind: 'HorizontalPodAutoscaler', group: 'autoscaling' }, withChangeCause(autoscalerOf(context, args, info, metrics), cause), 'created')
    })
    return 0
  },
}
