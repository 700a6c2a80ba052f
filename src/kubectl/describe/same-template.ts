import type { PodTemplateSpec } from '#k8s/types.ts'
import { marshalJson } from '../go-format.ts'

const hashLabel = 'pod-template-hash'

function withoutHash(template: PodTemplateSpec): string {
  const { [hashLabel]: _, ...labels } = template.metadata?.labels ?? {}
  return marshalJson({ ...template, metadata: { ...template.metadata, labels } })
}

/** Whether two templates are equal but for the hash label. @source kubectl/pkg/util/deployment equalIgnoreHash */
export function sameTemplate(a: PodTemplateSpec, b: PodTemplateSpec): boolean {
  return withoutHash(a) === withoutHash(b)
}
