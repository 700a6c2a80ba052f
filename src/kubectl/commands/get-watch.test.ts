import { expect, it } from 'vitest'
import { Cluster } from '#engine/cluster.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import { runToEnd } from '#scenario/testing/run-to-end.ts'
import { runKubectl } from '../kubectl.ts'
import { keepPrinted } from '../testing/keep-printed.ts'

/** What `kubectl get ns default -w --output-watch-events -o OUTPUT` prints before it waits. */
function begin(version: KubernetesVersion, output: string) {
  const { client } = new Cluster({ seed: 7, version })
  const { io, printed } = keepPrinted()
  const words = ['get', 'ns', 'default', '-w', '--output-watch-events', '-o', output]
  const running = runKubectl(words, { client, namespace: 'default', io })
  const { done, value } = running.next()
  running.return(0)
  return { ...printed, exit: done ? value : undefined }
}

it.each(['kyaml', 'KYAML'])('events in KYAML begin with their type, since kubectl 1.36; before it took them for objects (-o %s)', (output) => {
  expect(begin('1.36', output).stdout).toMatch(
    /^---\n\{\n {2}type: "ADDED",\n {2}object: \{\n {4}apiVersion: "v1",\n {4}kind: "Namespace",\n {4}metadata: \{/,
  )
  expect(begin('1.35', output)).toEqual({
    stdout: '',
    stderr:
      'error: unable to output the provided object: missing apiVersion or kind; try GetObjectKind().SetGroupVersionKind() if you know the type\n',
    exit: 1,
  })
})

it('events in JSON are one line each, in YAML their keys are sorted', () => {
  expect(begin('1.36', 'JSON').stdout).toMatch(/^\{"type":"ADDED","object":\{.*\}\}\n$/)
  expect(begin('1.36', 'yaml').stdout).toMatch(/^object:\n {2}apiVersion: v1\n[\s\S]*\ntype: ADDED\n$/)
})

it.each([
  ['3', 3000],
  ['1m', 60_000],
])('a watch takes as long as a request may (--request-timeout=%s), and ends well', (timeout, ms) => {
  const cluster = new Cluster({ seed: 7 })
  const { io, printed } = keepPrinted()
  const line = `get ns default -w --watch-only --request-timeout=${timeout}`
  const running = runKubectl(line.split(' '), { client: cluster.client, namespace: 'default', io })
  const before = cluster.nowMs
  expect(runToEnd(cluster, running, line, 3_600_000)).toBe(0)
  // whoever runs commands waits until it has been quiet for 2.5 s
  expect(cluster.nowMs - before).toBe(ms + 2500)
  expect([printed.stdout, printed.stderr]).toEqual(['', ''])
})
