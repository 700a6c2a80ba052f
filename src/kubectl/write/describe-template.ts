import type { PodTemplateSpec } from '#k8s/types.ts'

/** A pod template as `rollout history --revision` shows it, columns not aligned. @source polymorphichelpers printTemplate */
export function describeTemplate(template: PodTemplateSpec): string {
  return `Pod Template:\n${JSON.stringify(template)}\n`
}
