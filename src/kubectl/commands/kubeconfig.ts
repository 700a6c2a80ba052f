import { clientSince } from '../client-version.ts'
import type { KubectlContext } from '../command.ts'
import { contextName, userName } from '../context-name.ts'
import type { ContextSettings, Contexts } from '../contexts.ts'

/** Where the cluster is said to be. */
export const serverUrl = 'https://127.0.0.1:6443'

/** Where kubectl keeps it. */
export const kubeconfigFile = '/home/you/.kube/config'

const filled = (settings: ContextSettings): object => ({
  cluster: settings.cluster,
  user: settings.user,
  ...(settings.namespace && { namespace: settings.namespace }),
})

/** The configuration of the one cluster and user, its fields in the order of the Go structs; `only` = of one context. */
export function kubeconfig({ client }: Pick<KubectlContext, 'client'>, { current, named }: Contexts, only?: string): object {
  const shown = [...named].filter(([name]) => only === undefined || name === only).sort(([a], [b]) => (a < b ? -1 : 1))
  return {
    kind: 'Config',
    apiVersion: 'v1',
    ...(clientSince(client, 'noPreferences') ? {} : { preferences: {} }),
    clusters: [{ name: contextName, cluster: { server: serverUrl } }],
    users: [{ name: userName, user: {} }],
    contexts: shown.map(([name, settings]) => ({ name, context: filled(settings) })),
    'current-context': only ?? current,
  }
}
