import { labelRequirements, type TextRequirement } from '#k8s/label-selector-text.ts'
import type { KubeObject, Service } from '#k8s/types.ts'
import type { Verb } from '../command.ts'
import { CommandError } from '../error-text.ts'
import { dryRunOf } from '../write/dry-run.ts'
import { forEachInfo } from '../write/infos.ts'
import { setFlagErrors, setFlags, setTargets, unlessLocal, updatePodSpecs } from '../write/pod-template.ts'
import { resultPrinter } from '../write/print-result.ts'
import { setEnv } from './set-env.ts'
import { setImage } from './set-image.ts'
import { setResources } from './set-resources.ts'
import { setSubject } from './set-subject.ts'

/** The labels that a selector wants to be equal; a Service knows no others. @source apimachinery/pkg/apis/meta/v1 ParseToLabelSelector */
function equalLabels(text: string): Map<string, string> {
  let requirements: readonly TextRequirement[]
  try {
    requirements = labelRequirements(text)
  } catch (error) {
    throw new CommandError(`couldn't parse the selector string ${JSON.stringify(text)}: ${(error as Error).message}`)
  }
  const words: Partial<Record<TextRequirement['operator'], string>> = { in: 'In', notin: 'NotIn', exists: 'Exists', '!': 'DoesNotExist' }
  const expressions: string[] = []
  const labels = new Map<string, string>()
  for (const { key, operator, values } of requirements) {
    if (operator === '!=') throw new CommandError('"!=" is not a valid label selector operator')
    if (operator === '>' || operator === '<') throw new CommandError(`${operator === '>' ? '"gt"' : '"lt"'} isn't supported in label selectors`)
    const word = words[operator]
    if (word) expressions.push(`{${key} ${word} [${[...values].sort().join(' ')}]}`)
    else labels.set(key, values[0] ?? '')
  }
  if (expressions.length > 0) throw new CommandError(`match expression [${expressions.join(' ')}] not supported on this object`)
  return labels
}

/** `kubectl set selector`. @source kubectl/pkg/cmd/set/set_selector.go */
const setSelector: Verb = {
  name: 'selector',
  summary: 'Change the selector of a Service',
  usage: 'kubectl set selector (-f FILENAME | TYPE NAME) EXPRESSIONS [--resource-version=version]',
  flags: [
    { name: 'resource-version', kind: 'string', usage: 'Only if this is still the version of the object' },
    ...setFlags.filter(({ name }) => name !== 'kustomize'),
  ],
  *run(context, args) {
    const expression = args.operands.at(-1)
    if (expression === undefined) throw new CommandError('one selector is required')
    const dryRun = dryRunOf(args, context)
    const print = resultPrinter(context, args, dryRun, { isTyped: true })
    const infos = setTargets(context, args, args.operands.slice(0, -1))
    const selector = equalLabels(expression)
    const resourceVersion = args.string('resource-version')
    yield* forEachInfo({ infos, errors: [] }, ({ resource, ref, object: current }) => {
      const object = resourceVersion ? { ...current, metadata: { ...current.metadata, resourceVersion } } : current
      if (resource.kind !== 'Service') throw new CommandError('setting a selector is only supported for Services')
      const before = (object as Service).spec
      const spec = { ...before, selector: Object.fromEntries(selector) }
      const gone = Object.keys(before.selector ?? {}).filter((key) => !selector.has(key))
      const patch = {
        metadata: { resourceVersion: resourceVersion || undefined },
        spec: { selector: { ...spec.selector, ...Object.fromEntries(gone.map((key) => [key, null])) } },
      }
      const local = dryRun === 'client' || args.bool('local')
      print(
        resource,
        local ? ({ ...object, spec } as KubeObject) : context.client.patch(ref, 'merge', patch, { dryRun: dryRun === 'server' }),
        'selector updated',
      )
    })
    return 0
  },
}

/** `kubectl set serviceaccount`. @source kubectl/pkg/cmd/set/set_serviceaccount.go */
const setServiceAccount: Verb = {
  name: 'serviceaccount',
  aliases: ['sa'],
  summary: 'Change the service account of a pod template',
  usage: 'kubectl set serviceaccount (-f FILENAME | TYPE NAME) SERVICE_ACCOUNT',
  flags: setFlags,
  *run(context, args) {
    const name = args.operands.at(-1)
    if (name === undefined) throw new CommandError('serviceaccount is required')
    const wrong = setFlagErrors(args)[0]
    if (wrong) throw wrong
    updatePodSpecs(context, args, setTargets(context, args, unlessLocal(args, args.operands.slice(0, -1))), {
      path: 'set serviceaccount',
      flags: setFlags,
      operation: 'serviceaccount updated',
      tellsAll: true,
      failure: 'failed to patch ServiceAccountName:',
      update: (spec) => ({ ...spec, serviceAccountName: name }),
    })
    return 0
  },
}

/** `kubectl set`. */
export const set: Verb = {
  name: 'set',
  summary: 'Change images, variables, resources or selectors of objects',
  usage: 'kubectl set SUBCOMMAND',
  flags: [],
  subcommands: [setEnv, setImage, setResources, setSelector, setServiceAccount, setSubject],
}
