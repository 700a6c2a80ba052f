import { editDistance } from '#k8s/edit-distance.ts'
import { apiVersionOf, findKind, resources } from '#k8s/resources.ts'
import type { Finding } from './lint.ts'

/**
 * A kind that is none but almost one, or a kind with an apiVersion that is not its own.
 * @source DS-16.5
 */
export function misspeltKind({ kind, apiVersion }: Readonly<Record<string, unknown>>): Finding[] {
  if (typeof kind !== 'string') return []
  const known = findKind(kind)
  if (known) {
    const right = apiVersionOf(known)
    if (typeof apiVersion !== 'string' || apiVersion === right) return []
    return [
      {
        path: ['apiVersion'],
        severity: 'error',
        rule: 'DS-16.5',
        message: `A ${kind} is of apiVersion ${right}; there is no ${kind} in ${apiVersion}.`,
        fix: { title: `Write ${right}`, changes: [{ put: ['apiVersion'], value: right }] },
      },
    ]
  }
  const typed = kind.toLowerCase()
  const meant = resources.find((one) => editDistance(typed, one.kind.toLowerCase()) <= 2 || one.plural === typed || one.shortNames.includes(typed))
  if (!meant) return []
  return [
    {
      path: ['kind'],
      severity: 'error',
      rule: 'DS-16.5',
      message: `There is no kind ${kind}; kinds are written exactly, with their capitals. Did you mean ${meant.kind}?`,
      fix: { title: `Write ${meant.kind}`, changes: [{ put: ['kind'], value: meant.kind }] },
    },
  ]
}
