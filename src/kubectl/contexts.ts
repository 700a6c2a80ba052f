import { contextName, userName } from './context-name.ts'

/** One context of the configuration; what nobody has set is empty. */
export interface ContextSettings {
  cluster: string
  user: string
  namespace: string
}

/** The contexts of a session, and which of them is used. All are of the one cluster there is. */
export interface Contexts {
  current: string
  readonly named: Map<string, ContextSettings>
}

export const createContexts = (namespace = ''): Contexts => ({
  current: contextName,
  named: new Map([[contextName, { cluster: contextName, user: userName, namespace }]]),
})

/** Namespace of a context, by default of the current one. */
export const namespaceOf = ({ current, named }: Contexts, name = current): string => named.get(name)?.namespace || 'default'
