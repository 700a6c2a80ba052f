import type { AnyObject, DaemonSet, Deployment, StatefulSet } from '#k8s/types.ts'
import { CommandError } from '../error-text.ts'

export interface RolloutStatus {
  text: string
  done: boolean
}

const waiting = (text: string): RolloutStatus => ({ text: `${text}\n`, done: false })
const finished = (text: string): RolloutStatus => ({ text: `${text}\n`, done: true })
const onlyRollingUpdate = (): CommandError => new CommandError('rollout status is only available for RollingUpdate strategy type')

function ofDaemonSet({ metadata, spec, status }: DaemonSet): RolloutStatus {
  if (spec.updateStrategy.type !== 'RollingUpdate') throw onlyRollingUpdate()
  if ((metadata.generation ?? 0) > (status.observedGeneration ?? 0)) return waiting('Waiting for daemon set spec update to be observed...')
  const name = JSON.stringify(metadata.name)
  const desired = status.desiredNumberScheduled
  const updated = status.updatedNumberScheduled ?? 0
  const available = status.numberAvailable ?? 0
  if (updated < desired)
    return waiting(`Waiting for daemon set ${name} rollout to finish: ${updated} out of ${desired} new pods have been updated...`)
  if (available < desired)
    return waiting(`Waiting for daemon set ${name} rollout to finish: ${available} of ${desired} updated pods are available...`)
  return finished(`daemon set ${name} successfully rolled out`)
}

function ofDeployment({ metadata, spec, status }: Deployment, revision: number): RolloutStatus {
  if (revision > 0) {
    const running = Number(metadata.annotations?.['deployment.kubernetes.io/revision'])
    if (revision !== running) throw new CommandError(`desired revision (${revision}) is different from the running revision (${running})`)
  }
  if ((metadata.generation ?? 0) > (status.observedGeneration ?? 0)) return waiting('Waiting for deployment spec update to be observed...')
  const name = JSON.stringify(metadata.name)
  const { replicas = 0, updatedReplicas: updated = 0, availableReplicas: available = 0 } = status
  if (status.conditions?.some((c) => c.type === 'Progressing' && c.reason === 'ProgressDeadlineExceeded'))
    throw new CommandError(`deployment ${name} exceeded its progress deadline`)
  const start = `Waiting for deployment ${name} rollout to finish:`
  if (spec.replicas !== undefined && updated < spec.replicas)
    return waiting(`${start} ${updated} out of ${spec.replicas} new replicas have been updated...`)
  if (replicas > updated) return waiting(`${start} ${replicas - updated} old replicas are pending termination...`)
  if (available < updated) return waiting(`${start} ${available} of ${updated} updated replicas are available...`)
  return finished(`deployment ${name} successfully rolled out`)
}

function ofStatefulSet({ metadata, spec, status }: StatefulSet): RolloutStatus {
  if (spec.updateStrategy?.type !== 'RollingUpdate') throw onlyRollingUpdate()
  if (!status.observedGeneration || (metadata.generation ?? 0) > status.observedGeneration)
    return waiting('Waiting for statefulset spec update to be observed...')
  const replicas = spec.replicas ?? 1
  const { readyReplicas: ready = 0, updatedReplicas: updated = 0, currentReplicas: current = 0 } = status
  if (ready < replicas) return waiting(`Waiting for ${replicas - ready} pods to be ready...`)
  const partition = spec.updateStrategy.rollingUpdate?.partition
  if (partition !== undefined) {
    if (updated < replicas - partition)
      return waiting(`Waiting for partitioned roll out to finish: ${updated} out of ${replicas - partition} new pods have been updated...`)
    return finished(`partitioned roll out complete: ${updated} new pods have been updated...`)
  }
  if (status.updateRevision !== status.currentRevision)
    return waiting(`waiting for statefulset rolling update to complete ${updated} pods at revision ${status.updateRevision}...`)
  return finished(`statefulset rolling update complete ${current} pods at revision ${status.currentRevision}...`)
}

/**
 * How far a rollout is. Throws when it cannot be told or has failed.
 * @source kubectl/pkg/polymorphichelpers rollout_status.go; DS-11.4
 */
export function rolloutStatus(object: AnyObject, revision: number): RolloutStatus {
  if (object.kind === 'DaemonSet') return ofDaemonSet(object)
  if (object.kind === 'Deployment') return ofDeployment(object, revision)
  if (object.kind === 'StatefulSet') return ofStatefulSet(object)
  throw new CommandError(
    `no status viewer has been implemented for ${object.apiVersion.includes('/') ? `${object.kind}.${object.apiVersion.split('/')[0]}` : object.kind}`,
  )
}
