import { roundUpToMilli } from '../quantity.ts'
import type { Container, ContainerPort, EnvVar, Probe, ResourceList, ResourceRequirements } from '../types.ts'
import { fill, fillAbsent, mapKeeping, withField } from './fill.ts'
import { pullPolicyOf } from './image-tag.ts'

/** Quantities rounded up to thousandths and in canonical form. @source SetDefaults_ResourceList */
export function defaultResourceList<T extends ResourceList | undefined>(list: T): T {
  if (!list) return list
  let result: ResourceList = list
  for (const name in list) {
    const rounded = roundUpToMilli(list[name] as string)
    if (rounded === list[name]) continue
    if (result === list) result = { ...list }
    result[name] = rounded
  }
  return result as T
}

export function defaultResources(resources: ResourceRequirements | undefined): ResourceRequirements {
  let result = resources ?? {}
  if (result.requests) result = withField(result, 'requests', defaultResourceList(result.requests))
  if (result.limits) result = withField(result, 'limits', defaultResourceList(result.limits))
  return result
}

function defaultHttpGet<T extends { path?: string; scheme?: string }>(action: T): T {
  return fill(action, { path: '/', scheme: 'HTTP' } as Partial<T>)
}

/** @source SetDefaults_Probe, SetDefaults_HTTPGetAction */
export function defaultProbe(probe: Probe): Probe {
  let result = fill(probe, { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 })
  if (result.httpGet) result = withField(result, 'httpGet', defaultHttpGet(result.httpGet))
  if (result.grpc) result = withField(result, 'grpc', fillAbsent(result.grpc, { service: '' }))
  return result
}

interface Lifecycle {
  postStart?: { httpGet?: { path?: string; scheme?: string } }
  preStop?: { httpGet?: { path?: string; scheme?: string } }
}

function defaultLifecycle(lifecycle: Lifecycle): Lifecycle {
  let result = lifecycle
  for (const moment of ['postStart', 'preStop'] as const) {
    const handler = result[moment]
    if (handler?.httpGet) result = withField(result, moment, withField(handler, 'httpGet', defaultHttpGet(handler.httpGet)))
  }
  return result
}

function defaultEnv(env: EnvVar): EnvVar {
  const from = env.valueFrom as { fieldRef?: { apiVersion?: string }; resourceFieldRef?: { divisor?: string } } | undefined
  // a quantity that was not given is zero, and is written
  if (from?.resourceFieldRef)
    return withField(env, 'valueFrom', withField(from, 'resourceFieldRef', fillAbsent(from.resourceFieldRef, { divisor: '0' })))
  if (!from?.fieldRef) return env
  return withField(env, 'valueFrom', withField(from, 'fieldRef', fill(from.fieldRef, { apiVersion: 'v1' })))
}

const defaultPort = (port: ContainerPort): ContainerPort => fill(port, { protocol: 'TCP' })

/** @source SetDefaults_Container; DS-14.2 */
export function defaultContainer(container: Container): Container {
  let result = fill(container, {
    imagePullPolicy: pullPolicyOf(container.image),
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
  })
  result = withField(result, 'resources', defaultResources(result.resources))
  if (result.ports) result = withField(result, 'ports', mapKeeping(result.ports, defaultPort))
  if (result.env) result = withField(result, 'env', mapKeeping(result.env, defaultEnv))
  for (const probe of ['livenessProbe', 'readinessProbe', 'startupProbe'] as const) {
    const given = result[probe]
    if (given) result = withField(result, probe, defaultProbe(given))
  }
  if (result.lifecycle) result = withField(result, 'lifecycle', defaultLifecycle(result.lifecycle as Lifecycle))
  return result
}

/** hostPort = containerPort for a pod in the node's network. @source defaultHostNetworkPorts */
export function defaultHostPorts(container: Container): Container {
  const ports = mapKeeping(container.ports, (port) => (port.containerPort ? fill(port, { hostPort: port.containerPort }) : port))
  return ports === container.ports ? container : { ...container, ports }
}

/** A container that limits a resource without requesting it requests that much. @source SetDefaults_Pod */
export function requestsFromLimits(container: Container): Container {
  const limits = container.resources?.limits
  if (!limits) return container
  const requests = fillAbsent(container.resources?.requests ?? {}, limits)
  return requests === container.resources?.requests ? container : { ...container, resources: { ...container.resources, requests } }
}
