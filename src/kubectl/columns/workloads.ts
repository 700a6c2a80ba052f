import { controllerOf } from '#k8s/owner.ts'
import { formatLabelSelector } from '#k8s/selector.ts'
import type { ControllerRevision, Deployment, ReplicaSet, StatefulSet } from '#k8s/types.ts'
import type { TablePrinter } from '../table.ts'
import { ageOf } from './age.ts'
import { columns } from './columns.ts'
import { containerCells } from './containers.ts'

const count = (n: number | undefined): string => String(n ?? 0)

/** @source pkg/printers/internalversion printDeployment */
export const deploymentPrinter: TablePrinter<Deployment> = {
  columns: () => columns('NAME,READY,UP-TO-DATE,AVAILABLE,AGE', 'CONTAINERS,IMAGES,SELECTOR'),
  cells: ({ metadata, spec, status }, time) => [
    metadata.name,
    `${count(status?.readyReplicas)}/${count(spec.replicas)}`,
    count(status?.updatedReplicas),
    count(status?.availableReplicas),
    ageOf(metadata.creationTimestamp, time),
    ...containerCells(spec.template),
    formatLabelSelector(spec.selector),
  ],
}

/** @source pkg/printers/internalversion printReplicaSet */
export const replicaSetPrinter: TablePrinter<ReplicaSet> = {
  columns: () => columns('NAME,DESIRED,CURRENT,READY,AGE', 'CONTAINERS,IMAGES,SELECTOR'),
  cells: ({ metadata, spec, status }, time) => [
    metadata.name,
    count(spec.replicas),
    count(status?.replicas),
    count(status?.readyReplicas),
    ageOf(metadata.creationTimestamp, time),
    ...containerCells(spec.template),
    formatLabelSelector(spec.selector),
  ],
}

/** @source pkg/printers/internalversion printStatefulSet */
export const statefulSetPrinter: TablePrinter<StatefulSet> = {
  columns: () => columns('NAME,READY,AGE', 'CONTAINERS,IMAGES'),
  cells: ({ metadata, spec, status }, time) => [
    metadata.name,
    `${count(status?.readyReplicas)}/${count(spec.replicas)}`,
    ageOf(metadata.creationTimestamp, time),
    ...containerCells(spec.template),
  ],
}

/** @source pkg/printers/internalversion printControllerRevision */
export const controllerRevisionPrinter: TablePrinter<ControllerRevision> = {
  columns: () => columns('NAME,CONTROLLER,REVISION,AGE'),
  cells: (object, time) => {
    const owner = controllerOf(object)
    const group = owner?.apiVersion.includes('/') ? `.${owner.apiVersion.split('/')[0]}` : ''
    const controller = owner ? `${owner.kind.toLowerCase()}${group}/${owner.name}` : '<none>'
    return [object.metadata.name, controller, count(object.revision), ageOf(object.metadata.creationTimestamp, time)]
  },
}
