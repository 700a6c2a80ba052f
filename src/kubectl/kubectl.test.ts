import { describe, expect, it } from 'vitest'
import { Cluster } from '#engine/cluster.ts'
import type { AnyObject } from '#k8s/types.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import { fixedClient } from './testing/fixed-client.ts'
import { runWords } from './testing/run-line.ts'

const run = (line: string) => runWords(line.split(' ').filter(Boolean), fixedClient([]))

// checked with `kubectl` 1.33; the recordings have the first two
describe('command lines that are wrong', () => {
  const errors: [line: string, stderr: string][] = [
    ['gte pods', 'error: unknown command "gte" for "kubectl"\n\nDid you mean this?\n\tget\n'],
    ['get pods --nope', "error: unknown flag: --nope\nSee 'kubectl get --help' for usage.\n"],
    ['xyz', 'error: unknown command "xyz" for "kubectl"\n'],
    ['ap', 'error: unknown command "ap" for "kubectl"\n\nDid you mean this?\n\ttop\n\tcp\n\tapply\n\tapi-versions\n\tapi-resources\n'],
    ['--nope get pods', 'Error: flags cannot be placed before plugin name: --nope\n'],
    ['-n', "error: flag needs an argument: 'n' in -n\nSee 'kubectl --help' for usage.\n"],
    ['get -wx', "error: unknown shorthand flag: 'x' in -x\nSee 'kubectl get --help' for usage.\n"],
    ['get --=x', "error: bad flag syntax: --=x\nSee 'kubectl get --help' for usage.\n"],
    ['get ---x', "error: bad flag syntax: ---x\nSee 'kubectl get --help' for usage.\n"],
    ['rollout nope', 'error: unknown command "nope"\nSee \'kubectl rollout -h\' for help and examples\n'],
    ['rollout status --nope', "error: unknown flag: --nope\nSee 'kubectl rollout status --help' for usage.\n"],
    [
      'rollout status --timeout=5 ds/x',
      'error: invalid argument "5" for "--timeout" flag: time: missing unit in duration "5"\nSee \'kubectl rollout status --help\' for usage.\n',
    ],
    [
      'delete --timeout=3x p',
      'error: invalid argument "3x" for "--timeout" flag: time: unknown unit "x" in duration "3x"\nSee \'kubectl delete --help\' for usage.\n',
    ],
    [
      'get --watch=x pods',
      'error: invalid argument "x" for "-w, --watch" flag: strconv.ParseBool: parsing "x": invalid syntax\nSee \'kubectl get --help\' for usage.\n',
    ],
  ]
  for (const [line, stderr] of errors) it(line, () => expect(run(line)).toEqual({ stdout: '', stderr, exit: 1 }))
})

describe('global flags', () => {
  it('stand before or behind the verb', () => {
    for (const line of ['-n kube-system get pods', 'get pods -n kube-system', 'get pods --namespace=kube-system', 'get -nkube-system pods']) {
      expect(run(line).stderr).toBe('No resources found in kube-system namespace.\n')
    }
  })
  it('alone or with --help give help on stdout', () => {
    for (const line of ['', '--help', '-n foo', 'get --help', 'rollout status -h', 'help get']) {
      const { stdout, stderr, exit } = run(line)
      expect([stdout.length > 0, stderr, exit]).toEqual([true, '', 0])
    }
  })
})

// all of these leave exit status 0 in kubectl, or come before the error
it('tells what is no error apart from what is', () => {
  const kinds = (line: string) => {
    const told: string[] = []
    runWords(line.split(' '), fixedClient([]), { err: (text, kind) => void told.push(`${kind ?? 'err'} ${text.split(' ').slice(0, 2).join(' ')}`) })
    return told
  }
  expect(kinds('get pods')).toEqual(['aside No resources'])
  expect(kinds('get pods nope')).toEqual(['err Error from'])
  expect(kinds('events')).toEqual(['aside No events'])
  expect(kinds('label pods x --record')).toEqual(['aside Flag --record', 'err error: at'])
  expect(kinds('delete pod x --force --grace-period=0')).toEqual(['aside Warning: Immediate', 'err error: fixed'])
})

// kubectl 1.32 and 1.36
it('the type stands before the name where several lists were given, not where they were refused', () => {
  const cluster = new Cluster()
  cluster.fault({ add: { name: 'w0' } }, '')
  const spec = { nodeName: 'w0', containers: [{ name: 'c', image: 'c' }] }
  cluster.client.create({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec } as unknown as AnyObject)
  const names = (line: string) => runWords(['get', ...line.split(' '), '--no-headers'], cluster.client).stdout.match(/^\S+/gm)
  expect(names('pods,ds')).toEqual(['pod/a'])
  expect(names('pods,ds --field-selector spec.nodeName=w0')).toEqual(['a'])
})

// kubectl 1.32 and 1.36
it('one object alone is not sorted', () => {
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', namespace: 'default' }, spec: {}, status: {} } as unknown as AnyObject
  const get = (line: string) => runWords(['get', ...line.split(' '), '--sort-by=.x'], fixedClient([pod]))
  expect(get('pod a -o name')).toEqual({ stdout: 'pod/a\n', stderr: '', exit: 0 })
  expect(get('pods -o name').stderr).toBe('error: couldn\'t find any field with path "{.x}" in the list of objects\n')
})

// kubectl 1.33.9 and 1.36.3
it('a template that compares what cannot be compared says so, since 1.35 with the types', () => {
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', namespace: 'default' }, spec: {}, status: {} } as unknown as AnyObject
  const told = (version: KubernetesVersion) =>
    runWords(['get', 'pod', 'a', '-o', 'go-template={{eq .metadata.name 3}}'], fixedClient([pod], { version })).stderr
  const start =
    'error: error executing template "{{eq .metadata.name 3}}": template: output:1:2: executing "output" at <eq .metadata.name 3>: error calling eq: '
  expect(told('1.33')).toBe(`${start}incompatible types for comparison\n`)
  expect(told('1.36')).toBe(`${start}incompatible types for comparison: string and int\n`)
})
