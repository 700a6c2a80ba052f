import type { KubeObject } from '#k8s/types.ts'
import { marshalJson } from '../go-format.ts'

/** Where apply keeps what was applied last. */
export const lastAppliedAnnotation = 'kubectl.kubernetes.io/last-applied-configuration'

/** What was applied last; undefined where nothing was. */
export const lastAppliedOf = ({ metadata }: KubeObject): string | undefined => metadata.annotations?.[lastAppliedAnnotation]

/** The object as apply keeps it: compact JSON, sorted keys, without the annotation itself, and a newline. */
export function configurationOf(object: KubeObject): string {
  const { [lastAppliedAnnotation]: _, ...annotations } = object.metadata.annotations ?? {}
  return `${marshalJson({ ...object, metadata: { ...object.metadata, annotations } })}\n`
}

/** The object with its own configuration, or the given one, in the annotation. @source kubectl/pkg/util/apply.go GetModifiedConfiguration */
export function withLastApplied<T extends KubeObject>(object: T, configuration = configurationOf(object)): T {
  return {
    ...object,
    metadata: { ...object.metadata, annotations: { ...object.metadata.annotations, [lastAppliedAnnotation]: configuration } },
  }
}

/** As withLastApplied, but only where the annotation is there already, or when asked (`--save-config`). */
export function refreshLastApplied<T extends KubeObject>(object: T, always: boolean): T {
  return always || lastAppliedOf(object) !== undefined ? withLastApplied(object) : object
}
