import { isControlledBy } from '#k8s/owner.ts'
import { applyStrategicMergePatch } from '#k8s/patch/strategic-merge-patch.ts'
import { formatLabelSelector } from '#k8s/selector.ts'
import type { AnyObject, ControllerRevision, DaemonSet, Deployment, PodTemplateSpec, ReplicaSet, StatefulSet } from '#k8s/types.ts'
import type { ApiClient } from '#protocol/api-client.ts'
import { changeCauseAnnotation } from './change-cause.ts'

export type Workload = DaemonSet | Deployment | StatefulSet

const deploymentRevisionAnnotation = 'deployment.kubernetes.io/revision'

/** One entry of a rollout history. */
export interface Revision {
  revision: number
  template: PodTemplateSpec
  changeCause: string
  /** The ControllerRevision or ReplicaSet it stands in. */
  object: ControllerRevision | ReplicaSet
}

/**
 * A workload's revisions, oldest first: the ControllerRevisions of a DaemonSet or StatefulSet, the ReplicaSets of a Deployment.
 * @source kubectl/pkg/polymorphichelpers history.go; DS-11.2, DS-11.5
 */
export function revisionsOf(client: ApiClient, workload: Workload): Revision[] {
  const kind = workload.kind === 'Deployment' ? 'ReplicaSet' : 'ControllerRevision'
  const { items } = client.list(kind, { namespace: workload.metadata.namespace, labelSelector: formatLabelSelector(workload.spec.selector) })
  const owned = items.filter((o: AnyObject) => isControlledBy(o, workload.metadata.uid)) as (ControllerRevision | ReplicaSet)[]
  const revisions = owned.map((object): Revision => {
    const changeCause = object.metadata.annotations?.[changeCauseAnnotation] ?? ''
    if (object.kind === 'ReplicaSet') {
      const { template } = object.spec
      const annotations = changeCause ? { ...template.metadata?.annotations, [changeCauseAnnotation]: changeCause } : template.metadata?.annotations
      return {
        revision: Number(object.metadata.annotations?.[deploymentRevisionAnnotation] ?? Number.NaN),
        template: { ...template, metadata: { ...template.metadata, annotations } },
        changeCause,
        object,
      }
    }
    const template = (applyStrategicMergePatch(workload.kind, workload, object.data) as Workload).spec.template
    return { revision: object.revision, template, changeCause, object }
  })
  const byNumber = new Map(revisions.filter((r) => Number.isInteger(r.revision)).map((r) => [r.revision, r]))
  return [...byNumber.values()].sort((a, b) => a.revision - b.revision)
}
