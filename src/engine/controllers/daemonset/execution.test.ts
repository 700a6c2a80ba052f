/** DS-7: how a sync carries out its creates and deletes, and what it says and waits for. */
import { describe, expect, it } from 'vitest'
import { ApiError, alreadyExists, notFound } from '#k8s/api-error.ts'
import type { DaemonSet, Pod } from '#k8s/types.ts'
import type { ComponentContext } from '../../component.ts'
import { createExpectations, type ExpectationsState } from './expectations.ts'
import { createPodControl, type PodControl, syncNodes } from './pod-control.ts'
import { daemonSet } from './test-bed.ts'

const key = 'default/foo'
const names = (prefix: string, count: number) => Array.from({ length: count }, (_, i) => `${prefix}-${i}`)

interface Run {
  creates: string[]
  deletes: string[]
  expected: { add: number; del: number } | undefined
  error: string | undefined
}

/** Carries out a plan; creates and deletes whose place is in `failing` are refused. */
function run(
  plan: { nodes?: number; pods?: number },
  failing: { creates?: (i: number) => Error | undefined; deletes?: (i: number) => Error | undefined } = {},
): Run {
  const state: ExpectationsState = new Map()
  const result: Run = { creates: [], deletes: [], expected: undefined, error: undefined }
  const control: PodControl = {
    createPod: (_ds, _template, node) => {
      result.creates.push(node)
      const error = failing.creates?.(result.creates.length - 1)
      if (error) throw error
    },
    deletePod: (_ds, name) => {
      result.deletes.push(name)
      const error = failing.deletes?.(result.deletes.length - 1)
      if (error) throw error
    },
  }
  try {
    const expectations = createExpectations(
      () => state,
      () => 0,
    )
    syncNodes(
      control,
      expectations,
      key,
      daemonSet(),
      { nodesNeedingPods: names('n', plan.nodes ?? 0), podsToDelete: names('p', plan.pods ?? 0) },
      'hash',
    )
  } catch (error) {
    result.error = (error as Error).message
  }
  const { add, del } = state.get(key) ?? { add: 0, del: 0 }
  result.expected = { add, del }
  return result
}

describe('syncNodes', () => {
  it('DS-7.1 cuts creates and deletes to the first 250, each for itself', () => {
    const { creates, deletes, expected } = run({ nodes: 300, pods: 260 })
    expect([creates.length, deletes.length]).toEqual([250, 250])
    expect([creates.at(-1), deletes.at(-1)]).toEqual(['n-249', 'p-249'])
    expect(expected).toEqual({ add: 250, del: 250 })
  })

  it('DS-2.2 writes down what it does even when that is nothing', () => {
    expect(run({}).expected).toEqual({ add: 0, del: 0 })
  })

  it.each([
    ['the first', (i: number) => i === 0, 1],
    ['one of the second batch', (i: number) => i === 1, 3],
    ['one of the third batch', (i: number) => i === 4, 7],
    ['none', () => false, 20],
  ])('DS-7.2 batches of 1, 2, 4, 8: when %s is refused the rest is left out', (_, isRefused, calls) => {
    const { creates, expected, error } = run({ nodes: 20 }, { creates: (i) => (isRefused(i) ? new Error('refused') : undefined) })
    expect(creates).toHaveLength(calls)
    // failed and left out ones are not waited for (DS-2.3)
    expect(expected?.add).toBe(calls === 20 ? 20 : calls - 1)
    expect(error).toBe(calls === 20 ? undefined : 'refused')
  })

  it('DS-7.1, DS-7.2 deletes are done although creates failed; all errors come back as one', () => {
    const { deletes, expected, error } = run(
      { nodes: 1, pods: 3 },
      { creates: () => new Error('a'), deletes: (i) => (i === 1 ? new Error('b') : undefined) },
    )
    expect(deletes).toHaveLength(3)
    expect(expected).toEqual({ add: 0, del: 2 })
    expect(error).toBe('[a, b]')
  })

  it('DS-2.3 a pod that is gone already is neither an error nor waited for', () => {
    expect(run({ pods: 2 }, { deletes: (i) => (i === 0 ? notFound('pods', 'p-0') : undefined) })).toMatchObject({
      expected: { del: 1 },
      error: undefined,
    })
  })

  it('DS-2.3 in a namespace that ends, nothing is created, nothing lowered, and no error raised', () => {
    const causes = [{ reason: 'NamespaceTerminating', message: 'ends', field: 'metadata.namespace' }]
    const ending = new ApiError('Forbidden', 'pods "x" is forbidden', { causes })
    expect(run({ nodes: 3 }, { creates: () => ending })).toMatchObject({ expected: { add: 3, del: 0 }, error: undefined })
  })
})

describe('DS-7.4 events of single creates and deletes', () => {
  function control(api: { create?: () => Pod; delete?: () => void }) {
    const said: string[] = []
    const context = {
      api: { create: api.create, delete: api.delete },
      record: (_object: DaemonSet, type: string, reason: string, message: string) => said.push(`${type} ${reason} ${message}`),
    } as unknown as ComponentContext<unknown>
    return { said, control: createPodControl(context, () => undefined) }
  }
  const template = { metadata: { labels: { a: 'b' } }, spec: { containers: [] } }
  const refuse = (error: Error) => () => {
    throw error
  }

  it('created', () => {
    const { said, control: pods } = control({ create: () => ({ metadata: { name: 'foo-abcde' } }) as Pod })
    pods.createPod(daemonSet(), template, 'n')
    expect(said).toEqual(['Normal SuccessfulCreate Created pod: foo-abcde'])
  })

  it('refused', () => {
    const { said, control: pods } = control({ create: refuse(alreadyExists('pods', 'foo-abcde')) })
    expect(() => pods.createPod(daemonSet(), template, 'n')).toThrow('already exists')
    expect(said).toEqual(['Warning FailedCreate Error creating: pods "foo-abcde" already exists'])
  })

  it('a template without labels: an error, no event', () => {
    const { said, control: pods } = control({})
    expect(() => pods.createPod(daemonSet(), { spec: { containers: [] } }, 'n')).toThrow('unable to create pods, no labels')
    expect(said).toEqual([])
  })

  it('deleted, refused, gone', () => {
    const deleted = control({ delete: () => undefined })
    deleted.control.deletePod(daemonSet(), 'p')
    expect(deleted.said).toEqual(['Normal SuccessfulDelete Deleted pod: p'])
    const refused = control({ delete: refuse(new ApiError('Forbidden', 'pods "p" is forbidden')) })
    expect(() => refused.control.deletePod(daemonSet(), 'p')).toThrow()
    expect(refused.said).toEqual([expect.stringMatching(/^Warning FailedDelete Error deleting: /)])
    const gone = control({ delete: refuse(notFound('pods', 'p')) })
    expect(() => gone.control.deletePod(daemonSet(), 'p')).toThrow('not found')
    expect(gone.said).toEqual([])
  })
})
