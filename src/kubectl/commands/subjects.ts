import type { Parsed, Verb } from '../command.ts'
import { CommandError } from '../error-text.ts'

export const rbacGroup = 'rbac.authorization.k8s.io'

/** Whom a role is bound to. */
export type Subject = Record<'kind' | 'name', string> & Partial<Record<'apiGroup' | 'namespace', string>>

export const subjectFlags: Verb['flags'] = [
  { name: 'user', kind: 'stringArray', usage: 'Users to bind' },
  { name: 'group', kind: 'stringArray', usage: 'Groups to bind' },
  { name: 'serviceaccount', kind: 'stringArray', usage: 'Service accounts to bind: NAMESPACE:NAME' },
]

/** What is wrong with those that are to be bound. */
export function subjectErrors(args: Parsed): Error[] {
  const accounts = args.list('serviceaccount')
  const isWrong = (account: string) => {
    const [, name, ...more] = account.split(':')
    return !name || more.length > 0
  }
  // one that was given as nothing, too
  const given = accounts.length > 0 || !args.has('serviceaccount') ? accounts : ['']
  return given.filter(isWrong).map(() => new CommandError('serviceaccount must be <namespace>:<name>'))
}

/** Whom the flags name, each notion in order. */
export function subjectsOf(args: Parsed): Subject[] {
  const each = (flag: string): string[] => [...new Set(args.list(flag))].sort()
  const accounts = each('serviceaccount').map((account) => account.split(':') as [string, string])
  return [
    ...each('user').map((name) => ({ kind: 'User', apiGroup: rbacGroup, name })),
    ...each('group').map((name) => ({ kind: 'Group', apiGroup: rbacGroup, name })),
    ...accounts.map(([namespace, name]) => ({ kind: 'ServiceAccount', name, namespace })),
  ]
}
