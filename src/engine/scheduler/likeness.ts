import type { Container, PodSpec } from '#k8s/types.ts'

/** What a pod's rules about nodes and its wishes are, as one object: pods that share it are treated alike by one node. */
export type Likeness = { readonly of: PodSpec }

const known = new WeakMap<readonly Container[], Likeness>()

const alike = (a: PodSpec, b: PodSpec): boolean =>
  a.tolerations === b.tolerations &&
  a.nodeSelector === b.nodeSelector &&
  a.affinity === b.affinity &&
  a.nodeName === b.nodeName &&
  a.initContainers === b.initContainers &&
  a.overhead === b.overhead &&
  a.resources === b.resources

/**
 * The likeness of a pod: the same object as long as pods with the same (shared, frozen) parts of a template come one after the other.
 * Equal parts that are not the same objects are taken to differ, which costs time and changes nothing.
 */
export function likenessOf(spec: PodSpec): Likeness {
  const last = known.get(spec.containers)
  if (last && alike(last.of, spec)) return last
  const likeness = { of: spec }
  known.set(spec.containers, likeness)
  return likeness
}
