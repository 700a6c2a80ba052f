/** DS-19 section M: the API server's own tables for DaemonSets. */
import { describe, expect, it } from 'vitest'
import { applyDefaults } from '../defaults/index.ts'
import { decode } from '../schema/decode.ts'
import type { AnyObject, DaemonSet, DaemonSetStatus } from '../types.ts'
import { newestVersion } from '../version.ts'
import { validateCreate, validateStatusUpdate, validateUpdate } from './index.ts'

const pod = { restartPolicy: 'Always', dnsPolicy: 'ClusterFirst', containers: [{ name: 'abc', image: 'image' }] }

const valid = {
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata: { name: 'abc', namespace: 'default', resourceVersion: '1' },
  spec: {
    selector: { matchLabels: { a: 'b' } },
    template: { metadata: { labels: { a: 'b' } }, spec: pod },
    updateStrategy: { type: 'OnDelete' },
  },
}

type Change = { metadata?: object; spec?: object; template?: object; pod?: object }

/** The valid DaemonSet with parts replaced. */
function daemonSet({ metadata, spec, template, pod: podSpec }: Change = {}): DaemonSet {
  const json = {
    ...valid,
    metadata: { ...valid.metadata, ...metadata },
    spec: { ...valid.spec, template: { ...valid.spec.template, ...template, spec: { ...pod, ...podSpec } }, ...spec },
  }
  return applyDefaults(decode('DaemonSet', json, newestVersion).object as AnyObject, newestVersion) as DaemonSet
}

const fieldsOf = (causes: { field?: string }[]) => [...new Set(causes.map(({ field }) => field))]
const created = (change: Change) => fieldsOf(validateCreate(daemonSet(change), newestVersion))
const updated = (change: Change, old: Change = {}) => fieldsOf(validateUpdate(daemonSet(change), daemonSet(old), newestVersion))

it.each<[string, number | string | undefined, number | string | undefined, boolean]>([
  ['0', 0, 0, false],
  ['"0%"', '0%', 0, false],
  ['0 and "0%"', 0, '0%', false],
  ['maxUnavailable 1', 1, 0, true],
  ['maxUnavailable 1%', '1%', 0, true],
  ['maxUnavailable 100%', '100%', 0, true],
  ['maxUnavailable 101%', '101%', 0, false],
  ['maxSurge 1', 0, 1, true],
  ['maxSurge 1%', 0, '1%', true],
  ['maxSurge 100%', 0, '100%', true],
  ['maxSurge 0', 0, 0, false],
  ['maxSurge "0%"', 0, '0%', false],
  ['maxSurge 101%', 0, '101%', false],
  ['both 1%', '1%', '1%', false],
  // the API defaults maxUnavailable to 1 (DS-14.1), so surge alone is one too many
  ['maxSurge 1 alone', undefined, 1, false],
])('T-140 rolling update: %s', (_, maxUnavailable, maxSurge, ok) => {
  const rollingUpdate = { ...(maxUnavailable !== undefined && { maxUnavailable }), ...(maxSurge !== undefined && { maxSurge }) }
  const fields = created({ spec: { updateStrategy: { type: 'RollingUpdate', rollingUpdate } } })
  expect(fields.length === 0).toBe(ok)
  for (const field of fields) expect(field).toMatch(/^spec\.updateStrategy\.rollingUpdate\.(maxUnavailable|maxSurge)$/)
})

describe('T-141 create', () => {
  it.each(['abc', 'a', '1', 'abc.123.def', 'a'.repeat(253)])('name %s', (name) => {
    expect(created({ metadata: { name } })).toEqual([])
  })

  it.each<[string, Change, string]>([
    ['no name', { metadata: { name: '' } }, 'metadata.name'],
    ['name of 254 characters', { metadata: { name: 'a'.repeat(254) } }, 'metadata.name'],
    ['no selector', { spec: { selector: undefined } }, 'spec.template.metadata.labels'],
    ['empty selector', { spec: { selector: {} } }, 'spec.selector'],
    ['selector that matches not', { spec: { selector: { matchLabels: { a: 'c' } } } }, 'spec.template.metadata.labels'],
    ['no containers', { pod: { containers: [] } }, 'spec.template.spec.containers'],
    ['label key', { metadata: { labels: { 'NoUppercaseOrSpecialCharsLike=Equals': 'bar' } } }, 'metadata.labels'],
    ['label key of the template', { template: { metadata: { labels: { a: 'b', 'no=equals': 'bar' } } } }, 'spec.template.labels'],
    ['annotation key', { metadata: { annotations: { 'no=equals': 'bar' } } }, 'metadata.annotations'],
    ['restartPolicy OnFailure', { pod: { restartPolicy: 'OnFailure' } }, 'spec.template.spec.restartPolicy'],
    ['restartPolicy Never', { pod: { restartPolicy: 'Never' } }, 'spec.template.spec.restartPolicy'],
    [
      'ephemeral containers',
      { pod: { ephemeralContainers: [{ name: 'debug', image: 'image', imagePullPolicy: 'IfNotPresent', terminationMessagePolicy: 'File' }] } },
      'spec.template.spec.ephemeralContainers',
    ],
  ])('%s', (_, change, field) => {
    expect(created(change)).toContain(field)
  })
})

describe('T-142 update', () => {
  const image = { containers: [{ name: 'abc', image: 'another' }] }
  it.each<[string, Change]>([
    ['nothing', {}],
    ['template', { template: { metadata: { labels: { a: 'b', c: 'd' } } } }],
    ['image', { pod: image }],
    ['strategy', { spec: { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 2 } } } }],
    ['an empty list for none', { pod: { tolerations: [], nodeSelector: {} } }],
  ])('%s may change', (_, change) => {
    expect(updated(change)).toEqual([])
  })

  it.each<[string, Change, string]>([
    [
      'an invalid selector',
      { spec: { selector: { matchExpressions: [{ key: 'a', operator: 'Foo' }] } } },
      'spec.selector.matchExpressions[0].operator',
    ],
    [
      'another selector (DS-15.60)',
      { spec: { selector: { matchLabels: { c: 'd' } } }, template: { metadata: { labels: { a: 'b', c: 'd' } } } },
      'spec.selector',
    ],
    ['no containers', { pod: { containers: [] } }, 'spec.template.spec.containers'],
    ['strategy Random', { spec: { updateStrategy: { type: 'Random' } } }, 'spec.updateStrategy'],
  ])('%s is refused', (_, change, field) => {
    expect(updated(change)).toContain(field)
  })
})

describe('T-143 status', () => {
  const zero: DaemonSetStatus = { currentNumberScheduled: 0, numberMisscheduled: 0, desiredNumberScheduled: 0, numberReady: 0 }
  const written = (status: Partial<DaemonSetStatus>) => {
    const old = { ...daemonSet(), status: zero }
    return fieldsOf(validateStatusUpdate({ ...old, status: { ...zero, ...status } }, old, newestVersion))
  }

  it.each([
    'currentNumberScheduled',
    'numberMisscheduled',
    'desiredNumberScheduled',
    'numberReady',
    'observedGeneration',
    'updatedNumberScheduled',
    'numberAvailable',
    'numberUnavailable',
    'collisionCount',
  ] as const)('%s', (name) => {
    expect(written({ [name]: -1 })).toEqual([`status.${name}`])
    expect(written({ [name]: 0 })).toEqual([])
    expect(written({ [name]: 3 })).toEqual([])
  })
})
