import { expect, it } from 'vitest'
import type { Kind } from '#k8s/types.ts'
import { keyOf } from '#state/key.ts'
import { emptyTables, type Tables } from '#state/tables.ts'
import { linkObjects } from './object-links.ts'

function tablesOf(...objects: [kind: Kind, name: string, namespace?: string][]): Tables {
  const tables = emptyTables() as unknown as Record<Kind, Map<string, unknown>>
  for (const [kind, name, namespace] of objects) tables[kind].set(keyOf(namespace, name), {})
  return tables as unknown as Tables
}

const tables = tablesOf(
  ['Namespace', 'default'],
  ['Namespace', 'kube-system'],
  ['Node', 'worker-1'],
  ['Node', 'worker-10'],
  ['Pod', 'agent-x7k2p', 'default'],
  ['Pod', 'dns-1', 'kube-system'],
  ['DaemonSet', 'agent', 'default'],
  ['DaemonSet', 'agent', 'kube-system'],
  ['Deployment', 'agent', 'default'],
)
const links = (line: string, about?: Kind) =>
  linkObjects(line, about, tables).flatMap(({ text, ref }) => (ref ? `${text} = ${ref.kind} ${ref.namespace ?? ''}/${ref.name}` : []))

it.each<[string, Kind | undefined, string[]]>([
  ['agent-x7k2p   1/1   Running   worker-10', 'Pod', ['agent-x7k2p = Pod default/agent-x7k2p', 'worker-10 = Node /worker-10']],
  ['kube-system   dns-1   1/1', 'Pod', ['dns-1 = Pod kube-system/dns-1']],
  ['node/worker-1 cordoned', undefined, ['node/worker-1 = Node /worker-1']],
  ['evicting pod default/agent-x7k2p', undefined, ['default/agent-x7k2p = Pod default/agent-x7k2p']],
  ['daemonset.apps/agent configured', undefined, ['daemonset.apps/agent = DaemonSet default/agent']],
  ['Controlled By:  DaemonSet/agent', 'Pod', ['DaemonSet/agent = DaemonSet default/agent']],
  ['agent   2   2   2', 'DaemonSet', ['agent = DaemonSet default/agent']],
  ['kube-system   agent   2', 'DaemonSet', ['agent = DaemonSet kube-system/agent']],
  ['Name:           agent', 'Deployment', ['agent = Deployment default/agent']],
  // a container, a label, an image: no object
  ['  agent:', 'Pod', []],
  ['Labels: app=agent', 'DaemonSet', []],
  ['worker-100   Ready', 'Node', []],
  ['NAME   READY', 'Pod', []],
])('%s', (line, about, expected) => expect(links(line, about)).toEqual(expected))

it('keeps the text of the line', () => {
  const line = '  x agent-x7k2p, node/worker-1  '
  expect(
    linkObjects(line, undefined, tables)
      .map((p) => p.text)
      .join(''),
  ).toBe(line)
})
