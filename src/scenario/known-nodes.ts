import type { KubeEvent } from '#k8s/types.ts'
import type { Portions, ScenarioHost } from './play.ts'
import type { Recording } from './record.ts'

/**
 * The nodes that the node controller of a recording's control plane knew by name when it began. It announces who is new with
 * `RegisteredNode`; where scenarios are recorded one after the other, a node that comes back before the controller looks again is not
 * (NL-2.9). Those events are part of a recording, but are not compared, as the moment at which the controller looks is chance.
 */
export function knownNodes({ nodes, steps }: Recording): string[] {
  const seen = steps.flatMap(({ after }) => (after ? [after] : []))
  if (seen.length === 0) return []
  const announced = new Set(seen.flatMap(({ events }) => events).flatMap((e) => (e.reason === 'RegisteredNode' ? [e.object] : [])))
  return nodes.map(({ name }) => name).filter((name) => !announced.has(`Node/${name}`))
}

/** How often the node controller looks. @source kube-controller-manager --node-monitor-period */
const monitorPeriodMs = 5000

/**
 * Machines with these names were in the cluster and have left a moment ago; nothing else is left of them. Takes whole periods of the
 * node controller, so that what follows begins at the same moment between two of its looks as without.
 */
export function* rememberNodes(host: ScenarioHost, names: readonly string[]): Portions<void> {
  if (names.length === 0) return
  const text = `${names.join(', ')} of another scenario`
  const beganMs = host.nowMs
  host.fault({ add: names.map((name) => ({ name })) }, text)
  yield* host.settling()
  host.runFor(monitorPeriodMs - ((host.nowMs - beganMs) % monitorPeriodMs))
  for (const name of names) host.fault({ remove: name }, text)
  for (const { metadata } of host.client.list('Event').items as KubeEvent[])
    host.client.delete({ kind: 'Event', namespace: metadata.namespace, name: metadata.name })
}
