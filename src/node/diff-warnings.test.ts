/** `kubectl diff` of a field that nobody knows, as kubectl 1.36 and its server answer it (DS-16.3). */
import { expect, test } from 'vitest'
import { Bench } from './version-changes/bench.ts'

const agent = (spec: object, image: string) => ({
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata: { name: 'a' },
  spec: {
    selector: { matchLabels: { app: 'a' } },
    template: { metadata: { labels: { app: 'a' } }, spec: { ...spec, containers: [{ name: 'c', image }] } },
  },
})

test.each(['1.36', '1.23'] as const)('the server of %s warns of it if it validates fields', (version) => {
  const bench = new Bench(version, [{ name: 'a' }])
  const warned = () => bench.run('kubectl diff -f - 2>&1', JSON.stringify(agent({ containerz: [] }, 'c:2')))
  const warning = version === '1.36' ? 'Warning: unknown field "spec.template.spec.containerz"\n' : ''
  expect(warned().split('diff -u')[0]).toBe(warning)
  bench.apply(agent({}, 'c:1'))
  expect(warned().split('diff -u')[0]).toBe(warning)
  expect(warned()).toContain('+      - image: c:2\n')
})
