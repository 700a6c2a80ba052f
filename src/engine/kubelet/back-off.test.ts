import { describe, expect, test } from 'vitest'
import type { Container, PodSpec } from '#k8s/types.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import { clusterWith, type FleetTestCluster, first } from './fleet-test-cluster.ts'

const clusterOf = (version?: KubernetesVersion) => clusterWith([{ name: 'n1' }], version)

const container = (image: string, more: Partial<Container> = {}): Partial<PodSpec> => ({ containers: [{ name: 'c', image, ...more }] })
const reasonOf = (c: FleetTestCluster) => first(c)?.state.waiting?.reason
const countOf = (c: FleetTestCluster, reason: string) =>
  c.api
    .list('Event')
    .filter((e) => e.reason === reason)
    .reduce((sum, e) => sum + (e.count ?? 1), 0)

describe('how often a container is restarted (KL-5)', () => {
  const crash = (c: FleetTestCluster, afterMs: number) => {
    c.runFor(afterMs)
    c.fault({ crash: { pod: 'p' } })
  }

  test('KL-5.2, KL-5.7: one that ran for more than 600 s is restarted at once and has 10 s before it again', () => {
    const c = clusterOf()
    c.createPod('p', 'n1')
    crash(c, 5000)
    crash(c, 5000)
    c.runFor(5000)
    expect(first(c)?.state.waiting?.message).toContain('back-off 10s')
    c.runFor(20_000)
    expect(first(c)).toMatchObject({ restartCount: 2, ready: true })
    crash(c, 601_000)
    c.runFor(3000)
    expect(first(c)).toMatchObject({ restartCount: 3, ready: true })
    crash(c, 5000)
    c.runFor(5000)
    expect(first(c)?.state.waiting?.message).toContain('back-off 10s')
  })

  test('KL-5.2: one that ran for less waits longer than before', () => {
    const c = clusterOf()
    c.createPod('p', 'n1')
    crash(c, 5000)
    crash(c, 5000)
    crash(c, 500_000)
    c.runFor(5000)
    expect(first(c)?.state.waiting?.message).toContain('back-off 20s')
  })

  test.each(['by itself', 'by a fault'])(
    'KL-8.5, KL-8.6: one that ends (%s) while its kubelet is stopped ended then, is started when that is back, and waits next time',
    (how) => {
      const c = clusterOf()
      const secondsOf = (time?: string | null) => Date.parse(time ?? '') / 1000 - Date.parse('2026-01-01T00:00:00Z') / 1000
      c.createPod('p', 'n1')
      if (how === 'by itself') c.fault({ crashingImages: { images: ['c:v1'], afterSeconds: 20, exitCode: 1 } })
      c.runFor(10_000)
      c.fault({ fail: 'n1' })
      if (how === 'by a fault') crash(c, 11_500)
      c.runUntil(60_000)
      expect([first(c)?.state.terminated, first(c)?.restartCount]).toEqual([undefined, 0])
      c.fault({ recover: 'n1' })
      c.runFor(3000)
      const { terminated } = first(c)?.lastState ?? {}
      expect([Math.abs(secondsOf(terminated?.finishedAt) - 31) <= 1, first(c)?.restartCount]).toEqual([true, 1])
      c.runUntil(82_000)
      if (how === 'by a fault') c.fault({ crash: { pod: 'p' } })
      c.runFor(2000)
      expect(first(c)?.state.waiting?.message ?? reasonOf(c)).toContain('back-off 10s')
    },
  )

  test('KL-5.5: 1.23 does not name the container', () => {
    const c = clusterOf('1.23')
    c.createPod('p', 'n1')
    crash(c, 5000)
    crash(c, 5000)
    c.runFor(5000)
    expect(c.events('p').filter((e) => e.startsWith('BackOff'))).toEqual([
      expect.stringMatching(/^BackOff: Back-off restarting failed container( x\d+)?$/),
    ])
  })

  test('KL-4.3: how it ended', () => {
    for (const [exitCode, reason] of [
      [0, 'Completed'],
      [7, 'Error'],
    ] as const) {
      const c = clusterOf()
      c.createPod('p', 'n1')
      c.runFor(5000)
      c.fault({ crash: { pod: 'p', exitCode } })
      c.runFor(3000)
      expect(first(c)?.lastState?.terminated).toMatchObject({ exitCode, reason })
    }
  })
})

describe('how often an image is pulled (KL-6)', () => {
  test('KL-12.7: what is said of it, once for each attempt and each wait', () => {
    const c = clusterOf()
    c.fault({ brokenImages: ['bad'] })
    c.createPod('p', 'n1', container('bad:v1'))
    c.runFor(9000)
    const failed = 'rpc error: code = NotFound desc = failed to pull and unpack image "docker.io/library/bad:v1": '
    expect(c.events('p')).toEqual([
      'Pulling: Pulling image "bad:v1"',
      expect.stringContaining(`Failed: Failed to pull image "bad:v1": ${failed}`),
      'Failed: Error: ErrImagePull',
      'BackOff: Back-off pulling image "bad:v1"',
      'Failed: Error: ImagePullBackOff',
    ])
  })

  test('KL-6.2, KL-6.4, TRAP-10: already the first failure costs 10 s', () => {
    const c = clusterOf()
    c.fault({ brokenImages: ['bad'] })
    c.createPod('p', 'n1', container('bad:v1'))
    c.runFor(9000)
    expect([countOf(c, 'Pulling'), reasonOf(c)]).toEqual([1, 'ImagePullBackOff'])
    c.runFor(4000)
    expect(countOf(c, 'Pulling')).toBe(2)
  })

  test('KL-1.4: what the policy says of an image that is there, and of one that is not', () => {
    const c = clusterOf()
    c.createPod('first', 'n1', container('web:v1'))
    c.runFor(5000)
    for (const [name, spec, reasons] of [
      ['tagged', container('web:v1'), 'Pulled Created Started'],
      ['latest', container('web'), 'Pulling Pulled Created Started'],
      ['always', container('web:v1', { imagePullPolicy: 'Always' }), 'Pulling Pulled Created Started'],
      ['never', container('web:v1', { imagePullPolicy: 'Never' }), 'Pulled Created Started'],
      ['absent', container('other:v1', { imagePullPolicy: 'Never' }), 'ErrImageNeverPull Failed'],
    ] as const) {
      c.createPod(name, 'n1', spec)
      c.runFor(4000)
      expect([
        name,
        c
          .events(name)
          .map((e) => e.split(':')[0])
          .join(' '),
      ]).toEqual([name, reasons])
    }
  })
})

describe('a pod that never ran ends at once (KL-8.4)', () => {
  test.each([
    ['its image cannot be pulled', 15_000, 'bad:v1'],
    ['it is being created', 200, 'web:v1'],
  ])('%s', (_, ms, image) => {
    const c = clusterOf()
    c.fault({ brokenImages: ['bad'] })
    c.createPod('p', 'n1', container(image))
    c.runFor(ms)
    c.api.delete('Pod', 'default', 'p')
    c.runFor(3000)
    expect(c.pod('p')).toBeUndefined()
  })

  test('between two crashes', () => {
    const c = clusterOf()
    c.fault({ crashingImages: { images: ['web'], afterSeconds: 1 } })
    c.createPod('p', 'n1', container('web:v1'))
    c.runFor(30_000)
    expect(reasonOf(c)).toBe('CrashLoopBackOff')
    c.api.delete('Pod', 'default', 'p')
    c.runFor(3000)
    expect(c.pod('p')).toBeUndefined()
  })
})

describe('what container events say (KL-12)', () => {
  const pulled = (text: string) => expect.stringMatching(text)
  test.each([
    ['1.23', ['Pulled: Successfully pulled image "web:v1" in 900ms', 'Created: Created container c', 'Started: Started container c']],
    [
      '1.28',
      [
        pulled('^Pulled: Successfully pulled image "web:v1" in \\d+ms \\(\\d+ms including waiting\\)$'),
        'Created: Created container c',
        'Started: Started container c',
      ],
    ],
    ['1.32', [pulled('including waiting\\)\\. Image size: \\d+ bytes\\.$'), 'Created: Created container: c', 'Started: Started container c']],
    ['1.35', [pulled('including waiting\\)\\. Image size: \\d+ bytes\\.$'), 'Created: Container created', 'Started: Container started']],
  ] as const)('KL-12.1, KL-12.2, KL-12.3, KL-12.4, KL-12.5, KL-12.6 in %s', (version, texts) => {
    const c = clusterOf(version)
    c.createPod('p', 'n1', container('web:v1'))
    c.runFor(5000)
    c.api.delete('Pod', 'default', 'p')
    c.runFor(5000)
    expect(c.events('p')).toEqual(['Pulling: Pulling image "web:v1"', ...texts, 'Killing: Stopping container c'])
    c.createPod('q', 'n1', container('web:v1'))
    c.runFor(5000)
    const more = version === '1.35' ? ' and can be accessed by the pod' : ''
    expect(c.events('q')[0]).toBe(`Pulled: Container image "web:v1" already present on machine${more}`)
  })
})
