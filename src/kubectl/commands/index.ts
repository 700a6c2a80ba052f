import type { Verb } from '../command.ts'
import { asksForLate, isLateHere, keepLateParts, loadedVerbs } from '../late-parts.ts'
import { apply } from './apply.ts'
import { deleteVerb } from './delete.ts'
import { get } from './get.ts'

/** Verbs that are there at once, because the page itself uses them. All others are in `late.ts`. */
const early: readonly Verb[] = [get, deleteVerb, apply]

/** All verbs in the order in which kubectl suggests them. */
const order = [
  'create',
  'expose',
  'run',
  'set',
  'explain',
  'get',
  'edit',
  'delete',
  'rollout',
  'scale',
  'autoscale',
  'certificate',
  'cluster-info',
  'top',
  'cordon',
  'uncordon',
  'drain',
  'taint',
  'describe',
  'logs',
  'attach',
  'exec',
  'port-forward',
  'proxy',
  'cp',
  'auth',
  'debug',
  'events',
  'diff',
  'apply',
  'patch',
  'replace',
  'wait',
  'kustomize',
  'label',
  'annotate',
  'completion',
  'alpha',
  'config',
  'kuberc',
  'plugin',
  'version',
  'api-versions',
  'api-resources',
  'options',
  'help',
] as const

/** Undefined when all verbs, and all that they do, are there; else resolves when they are. */
export function loadVerbs(): Promise<void> | undefined {
  return isLateHere() ? undefined : import('./late.ts').then(({ latePartsOf }) => keepLateParts(latePartsOf(allVerbs)))
}

/** All verbs; those that have not come yet are names only. */
export function allVerbs(): readonly Verb[] {
  const known = new Map([...early, ...loadedVerbs()].map((verb) => [verb.name, verb]))
  return order.map((name) => known.get(name) ?? { name, summary: '', flags: [] })
}

/** Whether a line can run without `late.ts`. */
export const isEarly = ([name, ...words]: readonly string[]): boolean => early.some((verb) => verb.name === name) && !words.some(asksForLate)
