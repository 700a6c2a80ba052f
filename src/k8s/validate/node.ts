import { canonicalJson } from '../hash.ts'
import type { KubeNode } from '../types.ts'
import type { FieldErrors } from './field-errors.ts'
import { rareChecks } from './rare/load.ts'
import { validateQuantity } from './resources.ts'
import { validateNodeTaints } from './taint.ts'

function validateNodeResources(errors: FieldErrors, { status }: KubeNode): void {
  for (const list of ['capacity', 'allocatable'] as const) {
    const quantities = status?.[list] ?? {}
    for (const name of Object.keys(quantities).sort()) validateQuantity(errors, name, quantities[name] as string, `status.${list}.${name}`)
  }
}

/** @source ValidateNode */
export function validateNode(errors: FieldErrors, node: KubeNode): void {
  validateNodeTaints(errors, node.spec?.taints)
  validateNodeResources(errors, node)
  rareChecks()?.validatePodCIDRs(errors, node.spec?.podCIDRs ?? [])
}

function validateAddresses(errors: FieldErrors, addresses: readonly { type: string; address: string }[]): void {
  addresses.forEach(({ type, address }, i) => {
    if (addresses.findIndex((other) => other.type === type && other.address === address) === i) return
    const values = [JSON.stringify(type), JSON.stringify(address)]
    const shown = { go: `core.NodeAddress{Type:${values[0]}, Address:${values[1]}}`, json: `{"Type":${values[0]},"Address":${values[1]}}` }
    errors.duplicate(`status.addresses[${i}]`, shown)
  })
}

const protectedText =
  'node updates may only change labels, taints, or capacity (or configSource, if the DynamicKubeletConfig feature gate is enabled)'

/** @source ValidateNodeUpdate */
function validateChange(errors: FieldErrors, node: KubeNode, old: KubeNode): void {
  validateAddresses(errors, node.status?.addresses ?? [])
  const before = errors.causes.length
  const cidrs = old.spec?.podCIDRs ?? []
  if (cidrs.length && canonicalJson(cidrs) !== canonicalJson(node.spec?.podCIDRs ?? [])) {
    errors.forbidden('spec.podCIDRs', 'node updates may not change podCIDR except from "" to valid')
  }
  if (old.spec?.providerID && old.spec.providerID !== node.spec?.providerID) {
    errors.forbidden('spec.providerID', 'node updates may not change providerID except from "" to valid')
  }
  // the path is empty; what is protected has changed besides
  if (errors.grewSince(before)) errors.forbidden('[]', protectedText)
}

/** As of a new node, then what may not change. @source pkg/registry/core/node strategy.go ValidateUpdate */
export function validateNodeUpdate(errors: FieldErrors, node: KubeNode, old: KubeNode): void {
  validateNode(errors, node)
  validateChange(errors, node, old)
}

/** An update of the status alone. */
export function validateNodeStatus(errors: FieldErrors, node: KubeNode, old: KubeNode): void {
  validateNodeResources(errors, node)
  validateChange(errors, node, old)
}
