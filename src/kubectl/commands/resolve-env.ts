import { toMilli, toValue } from '#k8s/quantity.ts'
import type { Container, KubeObject } from '#k8s/types.ts'

/** Where the value of a variable comes from. */
export interface EnvSource {
  fieldRef?: { fieldPath: string }
  resourceFieldRef?: { resource: string; divisor?: string }
  configMapKeyRef?: { name: string; key: string }
  secretKeyRef?: { name: string; key: string }
}

/** @source kubectl/pkg/cmd/set/env/env_resolve.go extractFieldPathAsString */
function fieldOf({ metadata }: KubeObject, path: string): string {
  const [, list, key] = /^metadata\.(annotations|labels)\['(.*)'\]$/.exec(path) ?? []
  if (list) return metadata[list as 'labels']?.[key as string] ?? ''
  const formatted = (map: Readonly<Record<string, string>> = {}) =>
    Object.entries(map)
      .sort()
      .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
      .join('\n')
  if (path === 'metadata.annotations' || path === 'metadata.labels') return formatted(metadata[path.slice(9) as 'labels'])
  if (path === 'metadata.name' || path === 'metadata.namespace' || path === 'metadata.uid') return metadata[path.slice(9) as 'name'] ?? ''
  throw new Error(`unsupported fieldPath: ${path}`)
}

/** @source k8s.io/kubectl/pkg/cmd/set/env extractContainerResourceValue */
function resourceOf({ resources = {} }: Container, resource: string, divisor = '1'): string {
  const [, list, name] = /^(limits|requests)\.(cpu|memory|ephemeral-storage)$/.exec(resource) ?? []
  if (!list || !name) throw new Error(`Unsupported container resource : ${resource}`)
  const amount = resources[list as 'limits']?.[name] ?? '0'
  const unit = divisor === '0' ? '1' : divisor
  return String(Math.ceil(name === 'cpu' ? toMilli(String(amount)) / toMilli(unit) : toValue(String(amount)) / toValue(unit)))
}

/** The value that `set env --resolve` finds for a source. Throws where there is none. */
export function resolveEnv(object: KubeObject, container: Container, { fieldRef, resourceFieldRef }: EnvSource): string {
  if (fieldRef) return fieldOf(object, fieldRef.fieldPath)
  if (resourceFieldRef) return resourceOf(container, resourceFieldRef.resource, resourceFieldRef.divisor)
  // of ConfigMaps and Secrets there are none
  throw new Error('the server could not find the requested resource')
}
