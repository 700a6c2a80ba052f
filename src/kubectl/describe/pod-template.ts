import { formatLabelSelector } from '#k8s/selector.ts'
import type { PodTemplateSpec, TopologySpreadConstraint } from '#k8s/types.ts'
import type { ApiClient } from '#protocol/api-client.ts'
import { writeContainers } from './container-text.ts'
import { DescribeWriter } from './describe-writer.ts'
import { writeAnnotations, writeLabels, writeTolerations } from './multiline.ts'
import { writeVolumes } from './volumes.ts'

/** @source kubectl/pkg/describe describeTopologySpreadConstraints */
export function writeTopologySpread(w: DescribeWriter, constraints: readonly TopologySpreadConstraint[] | undefined, space: string): void {
  if (!constraints?.length) return
  const sorted = [...constraints].sort((a, b) => (a.topologyKey < b.topologyKey ? -1 : 1))
  const texts = sorted.map((c) => {
    const selector = c.labelSelector ? ` for selector ${formatLabelSelector(c.labelSelector)}` : ''
    return `${c.topologyKey}:${c.whenUnsatisfiable} when max skew ${c.maxSkew} is exceeded${selector}`
  })
  w.write(0, `${space}Topology Spread Constraints:\t${texts.join(`\n${space}\t`)}\n`)
}

/** `Pod Template:` and what is in it. @source kubectl/pkg/describe DescribePodTemplate */
export function writePodTemplate(w: DescribeWriter, { metadata, spec }: PodTemplateSpec): void {
  w.write(0, 'Pod Template:\n')
  writeLabels(w, '  Labels', metadata?.labels)
  if (Object.keys(metadata?.annotations ?? {}).length > 0) writeAnnotations(w, '  Annotations', metadata?.annotations)
  if (spec.serviceAccountName) w.field(1, 'Service Account', spec.serviceAccountName)
  if (spec.initContainers?.length) writeContainers(w, 'Init Containers', spec.initContainers, '  ')
  writeContainers(w, 'Containers', spec.containers ?? [], '  ')
  writeVolumes(w, spec.volumes, '  ')
  writeTopologySpread(w, spec.topologySpreadConstraints, '  ')
  if (spec.priorityClassName) w.field(1, 'Priority Class Name', spec.priorityClassName)
  writeLabels(w, '  Node-Selectors', spec.nodeSelector)
  writeTolerations(w, '  Tolerations', spec.tolerations)
}

/** A template alone, columns not aligned, as `kubectl rollout history --revision` shows it. @source polymorphichelpers printTemplate */
export function podTemplateText(client: ApiClient, template: PodTemplateSpec): string {
  const w = new DescribeWriter(client)
  writePodTemplate(w, template)
  return w.rawText()
}
