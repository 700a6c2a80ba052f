/**
 * What the API server keeps alive for itself: the Service `kubernetes`, looked at every 10 s, and the namespaces of the system, every minute.
 * Looks are planned only when one of them has gone, at the times of the periodic ones.
 *
 * Not modelled: a changed port of the Service is not put right; Endpoints.
 * @source pkg/controlplane/controller.go
 */
import type { Kind, KubeObject } from '#k8s/types.ts'
import type { ComponentContext, ComponentDefinition, WatchEvent } from '../../component.ts'
import { kubernetesService, systemNamespace, systemNamespaces } from '../../system-objects.ts'

const serviceEveryMs = 10_000
const namespacesEveryMs = 60_000

type Look = 'Service' | 'Namespace'

/** Plans the next look: multiples of its period since the cluster's start. */
function plan(context: ComponentContext<unknown>, look: Look, everyMs: number): void {
  context.schedule(everyMs - (context.now() % everyMs), { look })
}

const isKubernetes = ({ metadata }: KubeObject): boolean =>
  metadata.name === kubernetesService.metadata.name && metadata.namespace === kubernetesService.metadata.namespace

export const bootstrapController: ComponentDefinition<Record<string, never>> = {
  name: 'kube-apiserver',
  order: 5,
  initialState: () => ({}),
  create(context) {
    const { api } = context
    const createMissing = <K extends Kind>(kind: K, namespace: string, object: Parameters<typeof api.create<K>>[1]) => {
      if (!api.get(kind, namespace, object.metadata.name)) api.create(kind, object)
    }
    return {
      watches: ['Service', 'Namespace'],
      onWatch({ type, kind, object }: WatchEvent) {
        if (type !== 'DELETED') return
        if (kind === 'Service' && isKubernetes(object)) plan(context, 'Service', serviceEveryMs)
        if (kind === 'Namespace' && systemNamespaces.includes(object.metadata.name)) plan(context, 'Namespace', namespacesEveryMs)
      },
      onTimer(payload) {
        if ((payload as { look: Look }).look === 'Service') createMissing('Service', 'default', kubernetesService)
        else for (const name of systemNamespaces) createMissing('Namespace', '', systemNamespace(name))
      },
    }
  },
}
