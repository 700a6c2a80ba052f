import { expect, test } from 'vitest'
import type { AnyObject } from '#k8s/types.ts'
import { fixedClient } from '../testing/fixed-client.ts'
import { runWords } from '../testing/run-line.ts'
import { probeText } from './container-text.ts'

const event = { apiVersion: 'v1', kind: 'Event', metadata: { name: 'e', namespace: 'default' }, involvedObject: {} } as unknown as AnyObject
const aboutNode = {
  ...event,
  metadata: { name: 'n', namespace: 'default' },
  involvedObject: { kind: 'Node', name: 'a', uid: 'a' },
  series: {},
} as AnyObject
const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'a' }, spec: {}, status: {} } as unknown as AnyObject

test('events that were written by hand are told of whatever they lack', () => {
  const client = fixedClient([event, aboutNode, node])
  for (const line of ['events', 'events --types=Warning', 'describe node a', 'describe events']) {
    const { stdout, stderr } = runWords(line.split(' '), client)
    expect(stdout + stderr).not.toMatch(/undefined/)
  }
  expect(runWords(['events'], client).stdout).toMatch(/^<unknown> +\/ *$/m)
})

test('a probe without a port has port 0, the zero value of an IntOrString', () => {
  const probe = (action: object) => probeText(action as Parameters<typeof probeText>[0])
  expect(probe({ httpGet: { path: '/x' } })).toMatch(/^http-get \/\/:0\/x delay/)
  expect(probe({ tcpSocket: {} })).toMatch(/^tcp-socket :0 delay/)
  expect(probe({ grpc: {} })).toMatch(/^grpc <pod>:0 /)
})
