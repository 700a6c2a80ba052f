import type { StringMap } from './selection-types.ts'

interface ServicePort {
  name?: string
  protocol?: string
  appProtocol?: string
  port: number
  targetPort?: number | string
  nodePort?: number
}

export interface ServiceSpec {
  type?: string
  clusterIP?: string
  clusterIPs?: string[]
  ports?: ServicePort[]
  selector?: StringMap
  sessionAffinity?: string
  ipFamilies?: string[]
  ipFamilyPolicy?: string
  internalTrafficPolicy?: string
  externalTrafficPolicy?: string
  allocateLoadBalancerNodePorts?: boolean
  externalIPs?: string[]
  externalName?: string
  loadBalancerIP?: string
  loadBalancerSourceRanges?: string[]
  healthCheckNodePort?: number
  trafficDistribution?: string
}

/** Where a load balancer is reached; nothing here sets it. */
export interface ServiceStatus {
  loadBalancer?: { ingress?: { ip?: string; hostname?: string; ipMode?: string }[] }
}
