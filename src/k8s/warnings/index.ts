/** What the API server says of objects that it takes all the same, at the end of a request that came from outside. */

import { dns1123Label } from '../name.ts'
import { templateGenerationAnnotation } from '../template-generation.ts'
import type { AnyObject, PodTemplateSpec } from '../types.ts'
import { type KubernetesVersion, since } from '../version.ts'
import { warningsForPod } from './pod.ts'

type Workload = Extract<AnyObject, { kind: 'DaemonSet' | 'Deployment' | 'ReplicaSet' | 'StatefulSet' }>

const workloads: ReadonlySet<string> = new Set<Workload['kind']>(['DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet'])
const isWorkload = (object: AnyObject): object is Workload => workloads.has(object.kind)

function warningsForTemplate({ spec, metadata = {} }: PodTemplateSpec, version: KubernetesVersion): string[] {
  return warningsForPod(spec, metadata, 'spec.template.', version)
}

/** Names become names of pods; those of DaemonSets and StatefulSets are not looked at. @source WarningsOnCreate of the strategies */
function warningsForName({ kind, metadata }: AnyObject, version: KubernetesVersion): string[] {
  if (!since(version, 'nameWarning') || (kind !== 'Pod' && kind !== 'Deployment' && kind !== 'ReplicaSet')) return []
  const wrong = dns1123Label(metadata.name, version)
  const use = kind === 'Pod' ? "the Pod's hostname" : 'Pod names and hostnames'
  return wrong.length
    ? [`metadata.name: this is used in ${use}, which can result in surprising behavior; a DNS label is recommended: [${wrong.join(' ')}]`]
    : []
}

/** A negative limit of a StatefulSet keeps everything. */
function warningsForHistory(object: AnyObject, version: KubernetesVersion): string[] {
  if (object.kind !== 'StatefulSet' || !since(version, 'negativeHistoryWarning')) return []
  return (object.spec.revisionHistoryLimit ?? 0) < 0
    ? ['spec.revisionHistoryLimit: a negative value retains all historical revisions; a value >= 0 is recommended']
    : []
}

export function warningsOnCreate(object: AnyObject, version: KubernetesVersion): string[] {
  if (object.kind === 'Pod') return [...warningsForName(object, version), ...warningsForPod(object.spec, object.metadata, '', version)]
  if (!isWorkload(object)) return []
  return [...warningsForName(object, version), ...warningsForTemplate(object.spec.template, version), ...warningsForHistory(object, version)]
}

/** Pods are not looked at again, workloads when their spec has changed; DaemonSets when their template has. @source WarningsOnUpdate of the strategies */
export function warningsOnUpdate(object: AnyObject, old: AnyObject, version: KubernetesVersion): string[] {
  if (!isWorkload(object)) return []
  const generationOf = ({ kind, metadata }: AnyObject) =>
    kind === 'DaemonSet' ? metadata.annotations?.[templateGenerationAnnotation] : metadata.generation
  const template = generationOf(object) === generationOf(old) ? [] : warningsForTemplate(object.spec.template, version)
  return [...template, ...warningsForHistory(object, version)]
}
