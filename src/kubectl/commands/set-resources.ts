import { quantityError } from '#k8s/quantity.ts'
import type { ResourceList } from '#k8s/types.ts'
import type { Verb } from '../command.ts'
import { CommandError } from '../error-text.ts'
import { mapContainers, setFlagErrors, setFlags, setTargets, updatePodSpecs } from '../write/pod-template.ts'

/** `cpu=100m,memory=1Gi`. @source kubectl/pkg/generate/versioned populateResourceListV1 */
function parseResources(text: string): ResourceList | undefined {
  if (!text) return undefined
  const list: ResourceList = {}
  for (const item of text.split(',')) {
    const [name = '', quantity, ...more] = item.split('=')
    if (quantity === undefined || more.length) throw new CommandError(`Invalid argument syntax ${item}, expected <resource>=<value>`)
    const wrong = quantityError(quantity)
    if (wrong) throw new CommandError(wrong)
    list[name] = quantity
  }
  return list
}

const flags: Verb['flags'] = [
  { name: 'containers', shorthand: 'c', kind: 'string', default: '*', usage: 'Only these containers; * stands for any text' },
  { name: 'limits', kind: 'string', usage: 'cpu=200m,memory=512Mi' },
  { name: 'requests', kind: 'string', usage: 'cpu=100m,memory=256Mi' },
  ...setFlags,
]

/** `kubectl set resources`. @source kubectl/pkg/cmd/set/set_resources.go */
export const setResources: Verb = {
  name: 'resources',
  summary: 'Set requests and limits of containers',
  usage: 'kubectl set resources (-f FILENAME | TYPE NAME)  ([--limits=LIMITS & --requests=REQUESTS]',
  flags,
  *run(context, args) {
    const infos = setTargets(context, args, args.operands)
    const wrong = setFlagErrors(args)[0]
    if (wrong) throw wrong
    if (!args.string('limits') && !args.string('requests'))
      throw new CommandError('you must specify an update to requests or limits (in the form of --requests/--limits)')
    const limits = parseResources(args.string('limits'))
    const requests = parseResources(args.string('requests'))
    const select = args.string('containers')
    updatePodSpecs(context, args, infos, {
      path: 'set resources',
      flags,
      operation: 'resource requirements updated',
      failure: 'failed to patch resources update to pod template',
      update(before, report) {
        const { spec, found } = mapContainers(before, select, (c) => ({
          ...c,
          resources: {
            ...c.resources,
            ...(limits && { limits: { ...c.resources?.limits, ...limits } }),
            ...(requests && { requests: { ...c.resources?.requests, ...requests } }),
          },
        }))
        if (!found) report(new CommandError(`error: unable to find container named ${select}`))
        return found ? spec : undefined
      },
    })
    return 0
  },
}
