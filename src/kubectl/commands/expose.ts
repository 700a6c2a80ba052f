import type { ContainerPort, Deployment, KubeObject, Pod, Service } from '#k8s/types.ts'
import type { Parsed, Verb } from '../command.ts'
import { CommandError } from '../error-text.ts'
import { dryRunFlag, fieldManagerFlag, filenameFlags, outputFlags, recordFlag, saveConfigFlag, validateFlag } from '../write/flags.ts'
import { forEachInfo, givenInfos, type Info } from '../write/infos.ts'
import { overridden, overrideFlags } from '../write/overrides.ts'
import { parseLabelSpec } from '../write/pairs.ts'
import { createObject } from './create-kinds.ts'

/** What the pods behind an object are chosen by. @source kubectl/pkg/polymorphichelpers canbeexposed.go, mapbasedselectorforobject.go */
function selectorOf({ resource: { kind, group }, object }: Info): Readonly<Record<string, string>> {
  if (kind === 'Pod') {
    const { labels = {} } = object.metadata
    if (Object.keys(labels).length === 0) throw unselectable('the pod has no labels and cannot be exposed')
    return labels
  }
  if (kind === 'Service') {
    const chosen = (object as Service).spec?.selector
    if (!chosen) throw unselectable('the service has no pod selector set')
    return chosen
  }
  if (kind !== 'Deployment' && kind !== 'ReplicaSet') throw new CommandError(`cannot expose a ${kind}${group && `.${group}`}`)
  const { selector } = (object as Partial<Deployment>).spec ?? {}
  if (!selector) throw unselectable(`invalid ${kind === 'Deployment' ? 'deployment' : 'replicaset'}: no selectors, therefore cannot be exposed`)
  const { matchLabels = {}, matchExpressions = [] } = selector
  if (matchExpressions.length > 0) throw unselectable(`cannot convert ${matchExpressions.length} expressions of the selector to labels`)
  return matchLabels
}

const unselectable = (why: string): CommandError => new CommandError(`couldn't retrieve selectors via --selector flag or introspection: ${why}`)

function portsOf(object: KubeObject): { port: number; protocol: string }[] {
  if (object.kind === 'Service') return ((object as Service).spec.ports ?? []).map(({ port, protocol = 'TCP' }) => ({ port, protocol }))
  const spec = object.kind === 'Pod' ? (object as Pod).spec : (object as Deployment).spec.template?.spec
  return (spec?.containers ?? [])
    .flatMap((container) => (container as { ports?: ContainerPort[] }).ports ?? [])
    .map(({ containerPort, protocol = 'TCP' }) => ({ port: containerPort, protocol }))
}

function servicePorts(args: Parsed, object: KubeObject): Record<string, unknown>[] {
  const given = args.string('port')
  const known = given ? given.split(',').map((port) => ({ port: portNumber(port), protocol: 'TCP' })) : portsOf(object)
  if (known.length === 0) throw new CommandError("couldn't find port via --port flag or introspection")
  const target = args.string('target-port')
  const targetPort = /^\d+$/.test(target) ? Number(target) : target
  return known.map(({ port, protocol }, i) => ({
    ...(known.length > 1 && { name: `port-${i + 1}` }),
    port,
    protocol: args.string('protocol') || protocol,
    targetPort: targetPort || port,
  }))
}

const portNumber = (text: string): number => {
  if (!/^[-+]?\d+$/.test(text)) throw new CommandError(`strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`)
  return Number(text)
}

/** The Service for what is exposed, its flags read. */
function serviceFor(args: Parsed, info: Info): KubeObject {
  const chosen = selectorOf(info)
  const selector = args.string('selector') ? parseLabelSpec(args.string('selector')) : chosen
  const ports = servicePorts(args, info.object)
  const labels = args.string('labels') ? parseLabelSpec(args.string('labels')) : info.object.metadata.labels
  const affinity = args.string('session-affinity')
  if (affinity && affinity !== 'None' && affinity !== 'ClientIP') throw new CommandError(`unknown session affinity: ${affinity}`)
  const [externalIp, type] = [args.string('external-ip'), args.string('type')]
  const optional = {
    type,
    clusterIP: args.string('cluster-ip'),
    sessionAffinity: affinity,
    // one text, even where it holds several addresses
    externalIPs: externalIp && [externalIp],
    loadBalancerIP: type === 'LoadBalancer' && args.string('load-balancer-ip'),
  }
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { ...(labels && Object.keys(labels).length > 0 && { labels }), name: args.string('name') || info.ref.name.slice(0, 63) },
    spec: { ports, selector, ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value)) },
    status: { loadBalancer: {} },
  } as KubeObject
}

/** `kubectl expose`: a Service for the pods of a Deployment, a ReplicaSet, a pod or another Service. @source kubectl/pkg/cmd/expose */
export const expose: Verb = {
  name: 'expose',
  summary: 'Create a Service for a Deployment, a ReplicaSet or a pod (there is no network behind it)',
  usage:
    'kubectl expose (-f FILENAME | TYPE NAME) [--port=port] [--protocol=TCP|UDP|SCTP] [--target-port=number-or-name] [--name=name] [--type=type]',
  flags: [
    { name: 'port', kind: 'string', usage: 'The port of the Service; by default those of the containers' },
    { name: 'target-port', kind: 'string', usage: 'Number or name of the port of the containers' },
    { name: 'protocol', kind: 'string', usage: 'TCP, UDP or SCTP' },
    { name: 'type', kind: 'string', usage: 'ClusterIP, NodePort, LoadBalancer or ExternalName' },
    { name: 'name', kind: 'string', usage: 'The name of the Service' },
    { name: 'selector', kind: 'string', usage: 'The labels that it chooses pods by' },
    { name: 'labels', shorthand: 'l', kind: 'string', usage: 'The labels of the Service' },
    { name: 'cluster-ip', kind: 'string', usage: 'An address, or None' },
    { name: 'session-affinity', kind: 'string', usage: 'None or ClientIP' },
    { name: 'external-ip', kind: 'string', usage: 'An address outside the cluster' },
    { name: 'load-balancer-ip', kind: 'string', usage: 'The address that a load balancer is asked for' },
    ...overrideFlags,
    saveConfigFlag,
    validateFlag,
    recordFlag,
    ...filenameFlags,
    dryRunFlag,
    fieldManagerFlag('kubectl-expose'),
    ...outputFlags,
  ],
  *run(context, args) {
    yield* forEachInfo(givenInfos(context, args, {}, { isTyped: true }), (info) => {
      createObject(context, args, overridden(context, args, serviceFor(args, info)), { operation: 'exposed' })
    })
    return 0
  },
}
