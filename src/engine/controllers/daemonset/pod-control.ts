import { ApiError } from '#k8s/api-error.ts'
import type { DaemonSet, Pod, PodTemplateSpec } from '#k8s/types.ts'
import type { ComponentContext } from '../../component.ts'
import { burstReplicas } from './constants.ts'
import type { Expectations } from './expectations.ts'
import { createPodTemplate, getTemplateGeneration, podFromTemplate } from './template.ts'

/** Creates and deletes single pods and says so in events. Both throw ApiError. */
export interface PodControl {
  createPod(ds: DaemonSet, template: PodTemplateSpec, nodeName: string): void
  deletePod(ds: DaemonSet, name: string): void
}

const isNamespaceTerminating = (error: unknown): boolean =>
  error instanceof ApiError && (error.details.causes ?? []).some((cause) => cause.reason === 'NamespaceTerminating')

const isNotFound = (error: unknown): boolean => error instanceof ApiError && error.reason === 'NotFound'

/**
 * @param onCreated is told of every pod that was made
 * @source pkg/controller/controller_utils.go RealPodControl; DS-7.4
 */
export function createPodControl<State>(context: ComponentContext<State>, onCreated: (pod: Pod) => void): PodControl {
  const { api } = context
  return {
    createPod(ds, template, nodeName) {
      if (Object.keys(template.metadata?.labels ?? {}).length === 0) throw new Error('unable to create pods, no labels')
      try {
        const pod = api.create('Pod', podFromTemplate(ds, template, nodeName))
        onCreated(pod)
        context.record(ds, 'Normal', 'SuccessfulCreate', `Created pod: ${pod.metadata.name}`)
      } catch (error) {
        if (error instanceof ApiError && !isNamespaceTerminating(error))
          context.record(ds, 'Warning', 'FailedCreate', `Error creating: ${error.message}`)
        throw error
      }
    },
    deletePod(ds, name) {
      try {
        api.delete('Pod', ds.metadata.namespace ?? '', name)
        context.record(ds, 'Normal', 'SuccessfulDelete', `Deleted pod: ${name}`)
      } catch (error) {
        if (error instanceof ApiError && !isNotFound(error)) context.record(ds, 'Warning', 'FailedDelete', `Error deleting: ${error.message}`)
        throw error
      }
    },
  }
}

/** One error that says all of them, or undefined. Bugs of ours are not collected but thrown. @source utilerrors.NewAggregate */
function aggregate(errors: readonly Error[]): Error | undefined {
  const bug = errors.find((error) => error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError)
  if (bug) return bug
  const messages = [...new Set(errors.map((error) => error.message))]
  if (messages.length === 0) return undefined
  return messages.length === 1 ? errors[0] : new Error(`[${messages.join(', ')}]`)
}

/**
 * Creates pods in batches of 1, 2, 4, …; after a batch with an error the rest is skipped. Returns the errors and how many were skipped.
 * @source pkg/controller/daemon/daemon_controller.go syncNodes; DS-7.2
 */
function createInBatches(nodeNames: readonly string[], create: (nodeName: string) => Error | undefined): { errors: Error[]; skipped: number } {
  const errors: Error[] = []
  let done = 0
  for (let batch = 1; done < nodeNames.length && errors.length === 0; batch *= 2) {
    const names = nodeNames.slice(done, done + batch)
    for (const name of names) {
      const error = create(name)
      if (error) errors.push(error)
    }
    done += names.length
  }
  return { errors, skipped: nodeNames.length - done }
}

const atMostBurst = (names: readonly string[]): readonly string[] => (names.length > burstReplicas ? names.slice(0, burstReplicas) : names)

export interface NodesPlan {
  readonly nodesNeedingPods: readonly string[]
  readonly podsToDelete: readonly string[]
}

/**
 * Carries out at most 250 creates and 250 deletes, expectations set before. Creates that fail do not keep deletes from being done.
 * Throws one Error for all that failed; a pod that was gone already, or a namespace that is, is no failure.
 * @source pkg/controller/daemon/daemon_controller.go syncNodes; DS-7
 */
export function syncNodes(control: PodControl, expectations: Expectations, key: string, ds: DaemonSet, plan: NodesPlan, hash: string): void {
  const nodeNames = atMostBurst(plan.nodesNeedingPods)
  const podNames = atMostBurst(plan.podsToDelete)
  expectations.set(key, nodeNames.length, podNames.length)
  if (nodeNames.length + podNames.length === 0) return

  const template = nodeNames.length > 0 ? createPodTemplate(ds.spec.template, getTemplateGeneration(ds), hash) : ds.spec.template
  const { errors, skipped } = createInBatches(nodeNames, (nodeName) => {
    try {
      control.createPod(ds, template, nodeName)
    } catch (error) {
      // any creation would fail there: neither an error nor something to wait for
      if (isNamespaceTerminating(error)) return undefined
      expectations.lower(key, 1, 0)
      return error as Error
    }
  })
  if (skipped > 0) expectations.lower(key, skipped, 0)

  for (const name of podNames) {
    try {
      control.deletePod(ds, name)
    } catch (error) {
      expectations.lower(key, 0, 1)
      if (!isNotFound(error)) errors.push(error as Error)
    }
  }
  const failure = aggregate(errors)
  if (failure) throw failure
}
