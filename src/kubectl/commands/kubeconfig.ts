import { clientSince } from '../client-version.ts'
import type { KubectlContext } from '../command.ts'
import { contextName, userName } from '../context-name.ts'

/** Where the cluster is said to be. */
export const serverUrl = 'https://127.0.0.1:6443'

/** The configuration of the one cluster, user and context, its fields in the order of the Go structs. */
export function kubeconfig({ client, namespace }: Pick<KubectlContext, 'client' | 'namespace'>): object {
  return {
    kind: 'Config',
    apiVersion: 'v1',
    ...(clientSince(client, 'noPreferences') ? {} : { preferences: {} }),
    clusters: [{ name: contextName, cluster: { server: serverUrl } }],
    users: [{ name: userName, user: {} }],
    contexts: [{ name: contextName, context: { cluster: contextName, user: userName, ...(namespace === 'default' ? {} : { namespace }) } }],
    'current-context': contextName,
  }
}
