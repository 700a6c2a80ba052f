import { describe, expect, it } from 'vitest'
import { Commands } from '#scenario/commands.ts'
import { createTerminal } from '#scenario/terminal.ts'
import { applyDocuments } from './apply.ts'
import { Session } from './session.ts'

const manifest = (parts: { kind?: string; apiVersion?: string; labels?: string; spec?: string; template?: string; pod?: string } = {}) =>
  `apiVersion: ${parts.apiVersion ?? 'apps/v1'}
kind: ${parts.kind ?? 'DaemonSet'}
metadata:
  name: a
  labels: {app: a${parts.labels ?? ''}}
spec:
  ${parts.spec ?? 'minReadySeconds: 1'}
  selector:
    matchLabels: {app: a}
  template:
    metadata:
      labels:
        app: a
        ${parts.template ?? 'team: x'}
    spec:
      ${parts.pod ?? 'hostNetwork: false'}
      containers:
        - name: a
          image: busybox
`

/** Text of the line that the first error is shown at, and its message. */
function said(text: string, applied?: string): [line: string, message: string] {
  const { cluster } = new Session(
    () => undefined,
    () => 0,
  ).open
  const target = { cluster, commands: new Commands(cluster), terminal: createTerminal(cluster.client), say: () => undefined }
  if (applied) applyDocuments(target, 1, 'f.yaml', applied)
  const [first] = applyDocuments(target, 1, 'f.yaml', text)
  expect(first?.ok).toBe(false)
  return [(text.split('\n')[(first?.line ?? 0) - 1] ?? '').trim(), first?.message ?? '']
}

describe('errorLine', () => {
  it.each([
    ['a label of the object (DS-15.3)', manifest({ labels: ', team: "c d"' }), 'labels: {app: a, team: "c d"}', 'metadata.labels'],
    ['a label of the template', manifest({ template: 'team: "c d"' }), 'team: "c d"', 'spec.template.labels'],
    ['a label key of the template', manifest({ template: '"a b": x' }), '"a b": x', 'spec.template.labels'],
    ['a value of the wrong type', manifest({ spec: 'minReadySeconds: soon' }), 'minReadySeconds: soon', 'of type int32'],
    ['a kind that is none', manifest({ kind: 'Daemonset' }), 'kind: Daemonset', 'no matches for kind "Daemonset"'],
    ['a kind of another apiVersion', manifest({ apiVersion: 'apps/v2' }), 'apiVersion: apps/v2', 'no matches for kind "DaemonSet"'],
    ['an unknown field', manifest({ pod: 'hostNet: true' }), 'hostNet: true', 'unknown field "spec.template.spec.hostNet"'],
    ['a missing field', manifest({ pod: 'volumes: [{name: v, hostPath: {}}]' }), 'volumes: [{name: v, hostPath: {}}]', 'volumes[0].hostPath.path'],
  ])('%s', (_, text, line, message) => {
    const [at, words] = said(text)
    expect(at).toBe(line)
    expect(words).toContain(message)
  })

  it('a value of the wrong type in a patch, which names no field (DS-16.3)', () => {
    const [at, words] = said(manifest({ spec: 'minReadySeconds: soon' }), manifest())
    expect(words).toContain('The request is invalid: patch:')
    expect(at).toBe('minReadySeconds: soon')
  })

  it('a field of the second document', () => {
    const text = `${manifest({ labels: ', team: "c d"' })}---\n${manifest({ spec: 'minReadySeconds: -1' })}`
    const { cluster } = new Session(
      () => undefined,
      () => 0,
    ).open
    const target = { cluster, commands: new Commands(cluster), terminal: createTerminal(cluster.client), say: () => undefined }
    expect(applyDocuments(target, 1, 'f.yaml', text).map((one) => one.line)).toEqual([
      5,
      text.split('\n').findIndex((line) => line.includes('-1')) + 1,
    ])
  })
})
