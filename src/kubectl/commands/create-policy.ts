import { labelRequirements } from '#k8s/label-selector-text.ts'
import { canonicalQuantity, quantityError } from '#k8s/quantity.ts'
import { CommandError } from '../error-text.ts'
import { shownVerb } from './create-shown.ts'

function hardLimits(text: string): [string, string][] {
  return text.split(',').map((part) => {
    const [name = '', amount, ...more] = part.split('=')
    if (amount === undefined || more.length > 0) throw new CommandError(`Invalid argument syntax ${part}, expected <resource>=<value>`)
    const wrong = quantityError(amount)
    if (wrong) throw new CommandError(wrong)
    return [name, canonicalQuantity(amount)]
  })
}

/** `kubectl create quota`. @source kubectl/pkg/cmd/create/create_quota.go */
export const quota = shownVerb({
  kind: 'ResourceQuota',
  words: 'quota',
  aliases: ['resourcequota'],
  usage: '[--hard=key1=value1,key2=value2] [--scopes=Scope1,Scope2] [--dry-run=client]',
  flags: [
    { name: 'hard', kind: 'string', usage: 'The limits: RESOURCE=amount,…' },
    { name: 'scopes', kind: 'string', usage: 'What it counts' },
  ],
  make(args) {
    const [hard, scopes] = [args.string('hard'), args.string('scopes')]
    const spec = { ...(hard && { hard: Object.fromEntries(hardLimits(hard)) }), ...(scopes && { scopes: scopes.split(',') }) }
    return { spec, status: {} }
  },
})

const operators = { in: 'In', notin: 'NotIn', exists: 'Exists', '!': 'DoesNotExist' } as const

/** @source apimachinery/pkg/apis/meta/v1 ParseToLabelSelector */
function labelSelectorOf(text: string): object {
  const requirements = labelRequirements(text)
  const equal = requirements.filter(({ operator }) => !(operator in operators))
  const others = requirements.filter(({ operator }) => operator in operators)
  const matchExpressions = others.map(({ key, operator, values }) => ({
    key,
    operator: operators[operator as keyof typeof operators],
    ...(values.length > 0 && { values: [...values].sort() }),
  }))
  return {
    ...(equal.length > 0 && { matchLabels: Object.fromEntries(equal.map(({ key, values }) => [key, values[0] ?? ''])) }),
    ...(matchExpressions.length > 0 && { matchExpressions }),
  }
}

function amountOf(flag: string, text: string): string | number {
  if (/^\d+$/.test(text)) return Number(text)
  if (!/^\d+%$/.test(text)) throw new CommandError(`invalid format specified for ${flag}`)
  return text
}

/** `kubectl create poddisruptionbudget`. @source kubectl/pkg/cmd/create/create_pdb.go */
export const podDisruptionBudget = shownVerb({
  kind: 'PodDisruptionBudget',
  group: 'policy',
  words: 'poddisruptionbudget',
  aliases: ['pdb'],
  usage: '--selector=SELECTOR --min-available=N [--dry-run=client]',
  flags: [
    { name: 'selector', kind: 'string', usage: 'The pods that it is about' },
    { name: 'min-available', kind: 'string', usage: 'How many must be available: a number or a percentage' },
    { name: 'max-unavailable', kind: 'string', usage: 'How many may be unavailable: a number or a percentage' },
  ],
  make(args) {
    const [least, most] = [args.string('min-available'), args.string('max-unavailable')]
    if (!args.string('selector')) throw new CommandError('a selector must be specified')
    if (!least && !most) throw new CommandError('one of min-available or max-unavailable must be specified')
    if (least && most) throw new CommandError('min-available and max-unavailable cannot be both specified')
    const minAvailable = least ? amountOf('min-available', least) : undefined
    const maxUnavailable = most ? amountOf('max-unavailable', most) : undefined
    const selector = labelSelectorOf(args.string('selector'))
    return {
      spec: { ...(minAvailable !== undefined && { minAvailable }), selector, ...(maxUnavailable !== undefined && { maxUnavailable }) },
      status: { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 },
    }
  },
})
