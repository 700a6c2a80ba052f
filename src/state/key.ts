import type { KubeObject } from '#k8s/types.ts'

/** `namespace/name`, or `name` for cluster-scoped objects: unique within a kind. */
export function keyOf(namespace: string | undefined, name: string): string {
  return namespace ? `${namespace}/${name}` : name
}

export function keyOfObject(object: KubeObject): string {
  return keyOf(object.metadata.namespace, object.metadata.name)
}
