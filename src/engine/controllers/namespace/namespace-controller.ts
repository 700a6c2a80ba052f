import { parseTimestamp } from '#k8s/time.ts'
import type { Namespace } from '#k8s/types.ts'
import { createQueueState, createWorkQueue, type QueueState, type WorkQueue } from '#sim/queue.ts'
import type { ComponentContext, ComponentDefinition } from '../../component.ts'
import { epochNow } from '../replicaset/epoch-now.ts'
import { namespaceConditions, unexpectedText } from './namespace-conditions.ts'
import { deleteAllContent } from './namespace-content.ts'

export interface NamespaceControllerState {
  queue: QueueState
}

type Context = ComponentContext<NamespaceControllerState>

/** Time between a change of a terminating namespace and its sync, ms. @source namespaceDeletionGracePeriod */
const gracePeriodMs = 5000

/**
 * Empties a terminating namespace; when it is empty its finalizer goes, and with it the namespace.
 * @source pkg/controller/namespace/deletion/namespaced_resources_deleter.go Delete; GC-6.1
 */
function syncNamespace(context: Context, queue: WorkQueue, name: string): void {
  const { api } = context
  const found = api.get('Namespace', '', name)
  if (!found?.metadata.deletionTimestamp || !found.spec.finalizers?.length) return
  const remains = deleteAllContent(context, name, epochNow(context) - parseTimestamp(found.metadata.deletionTimestamp))
  const conditions = namespaceConditions(found.status.conditions, name, remains, context.timestamp())
  const written = api.updateStatus('Namespace', found, { ...found.status, phase: 'Terminating', conditions })
  const [unexpected] = remains.unexpected
  if (unexpected) throw new Error(unexpectedText(name, unexpected))
  if (remains.counts.size > 0) {
    queue.addAfter(name, (Math.floor(remains.estimateSeconds / 2) + 1) * 1000)
    return
  }
  api.finalize({ ...written, spec: { ...written.spec, finalizers: written.spec.finalizers?.filter((f) => f !== 'kubernetes') } })
}

/** Deletes what is in a namespace that is going away. */
export const namespaceController: ComponentDefinition<NamespaceControllerState> = {
  name: 'namespace-controller',
  order: 21,
  initialState: () => ({ queue: createQueueState() }),
  create(context) {
    const queue = createWorkQueue(context, () => context.state.queue, {
      name: 'namespace',
      process: (key) => syncNamespace(context, queue, key),
    })
    return {
      watches: ['Namespace'],
      onWatch({ type, object }) {
        const { metadata } = object as Namespace
        if (type !== 'DELETED' && metadata.deletionTimestamp) queue.addAfter(metadata.name, gracePeriodMs)
      },
      onTimer: (payload) => void queue.onTimer(payload),
    }
  },
}
