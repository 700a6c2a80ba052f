/** What `kubectl diff --prune` shows of an object that would go, as kubectl 1.36 prints it. */
import { expect, test } from 'vitest'
import { Bench } from './version-changes/bench.ts'

const agent = (name: string) => ({
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata: { name, labels: { team: 'x' } },
  spec: {
    selector: { matchLabels: { app: name } },
    template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: 'c', image: 'c:1' }] } },
  },
})

test('of what would go the managed fields are shown, too, of what would change they are not', () => {
  const bench = new Bench('1.36', [{ name: 'a' }])
  bench.apply(agent('kept'))
  bench.apply(agent('gone'))
  const changed = { ...agent('kept'), spec: { ...agent('kept').spec, minReadySeconds: 5 } }
  const printed = bench.run('kubectl diff -f - --prune -l team=x --prune-allowlist=apps/v1/DaemonSet', JSON.stringify(changed))
  const [, gone = '', kept = ''] = printed.split(/^diff -u -N /m)
  expect(gone).toMatch(/^LIVE\/apps\.v1\.DaemonSet\.default\.gone /)
  expect(gone).toContain('-  managedFields:\n-  - apiVersion: apps/v1\n')
  expect(kept).toContain('+  minReadySeconds: 5\n')
  expect(kept).not.toContain('managedFields')
})
