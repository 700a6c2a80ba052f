/** What kubectl says of a change, by its version; checked with kubectl 1.34, 1.35 and 1.36. */
import { describe, expect, test } from 'vitest'
import type { KubernetesVersion } from '#k8s/version.ts'
import { Bench } from './bench.ts'

const manifest = `apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent, labels: {app: agent, team: infra}}
spec:
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec: {containers: [{name: agent, image: "agent:1", resources: {requests: {cpu: 100m}}}]}
`

function bench(version: KubernetesVersion): Bench {
  const made = new Bench(version, [{ name: 'a' }])
  made.run('kubectl apply -f -', manifest)
  return made
}

const recorded = 'Flag --record has been deprecated, --record will be removed in the future\n'

test.each([
  ['q=r --record', 'labeled', 'labeled'],
  ['team- --record', 'unlabeled', 'labeled'],
  ['team- --overwrite', 'unlabeled', 'labeled'],
  ['app=agent --record', 'not labeled', 'labeled'],
  ['app=x team- --overwrite', 'modified', 'labeled'],
])('label %s', (words, now, before) => {
  const flag = words.includes('--record') ? recorded : ''
  expect(bench('1.36').run(`kubectl label ds agent ${words}`)).toBe(`${flag}daemonset.apps/agent ${now}\n`)
  expect(bench('1.35').run(`kubectl label ds agent ${words}`)).toBe(`${flag}daemonset.apps/agent ${before}\n`)
})

describe('scale of what is not there', () => {
  test('1.35: not found, as elsewhere', () => {
    expect(bench('1.35').run('kubectl scale deploy nope --replicas=1')).toBe('Error from server (NotFound): deployments.apps "nope" not found\n')
  })

  test('1.34: no objects passed', () => {
    const b = bench('1.34')
    expect(b.run('kubectl scale deploy nope --replicas=1')).toBe('error: no objects passed to scale deployments.apps "nope" not found\n')
    expect(b.run('kubectl scale deploy x y --replicas=1')).toBe(
      'error: no objects passed to scale [deployments.apps "x" not found, deployments.apps "y" not found]\n',
    )
  })
})

test('apply --dry-run=client of what is so already', () => {
  const apply = 'kubectl apply --dry-run=client -f -'
  expect(bench('1.36').run(apply, manifest)).toBe('daemonset.apps/agent unchanged (dry run)\n')
  expect(bench('1.35').run(apply, manifest)).toBe('daemonset.apps/agent configured (dry run)\n')
})

test('rollout history of a Deployment shows the ReplicaSet', () => {
  const b = bench('1.36')
  b.run('kubectl create deployment web --image=web:1')
  expect(b.run('kubectl rollout history deploy web --revision=1 -o name')).toMatch(/^replicaset\.apps\/web-[a-z0-9]+\n$/)
})

test('-o kyaml came with 1.35', () => {
  expect(bench('1.35').run('kubectl get ns default -o kyaml')).toMatch(/^---\n\{\n {2}apiVersion: "v1",\n {2}kind: "Namespace",\n/)
  expect(bench('1.34').run('kubectl get ns default -o kyaml')).toMatch(/^error: unable to match a printer suitable for the output format "kyaml"/)
})

test('a revision has its fields in the order of their names, since clients compare its text', () => {
  const revision = bench('1.36').cluster.client.list('ControllerRevision').items[0] as { data?: object }
  expect(JSON.stringify(revision.data)).toMatch(
    /^\{"spec":\{"template":\{"\$patch":"replace","metadata":\{"labels":\{"app":"agent"\}\},"spec":\{"containers":\[\{"image":/,
  )
})

test('scale -o yaml shows the object as it was, since 1.36 with the new number', () => {
  const replicas = (version: KubernetesVersion) => {
    const b = bench(version)
    b.run('kubectl create deployment web --image=web:1 --replicas=4')
    return b.run("kubectl scale deploy web --replicas=2 -o jsonpath='{.spec.replicas} {.status.replicas}'")
  }
  expect(replicas('1.36')).toBe('2 4')
  expect(replicas('1.35')).toBe('4 4')
})

describe('describe of several, one of which is not there', () => {
  const notFound = 'Error from server (NotFound): daemonsets.apps "nope" not found\n'

  test('names: the others, and since 1.36 without events, since several were asked for', () => {
    const described = (version: KubernetesVersion) => bench(version).run('kubectl describe ds agent nope')
    expect(described('1.36')).toMatch(/^Name: +agent\n/)
    expect(described('1.36')).not.toContain('Events:')
    expect(described('1.35')).toContain('Events:')
  })

  test('two of TYPE/NAME: the error alone', () => {
    expect(bench('1.36').run('kubectl describe ds/agent ds/nope')).toBe(notFound)
    expect(bench('1.33').run('kubectl describe ds/nope ds/agent')).toBe(notFound)
  })
})
