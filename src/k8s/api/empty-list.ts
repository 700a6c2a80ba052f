/** Kinds that are not modelled and of which clients read lists all the same: `describe` and kubectl's validation. Discovery does not name them. */
const unmodelled: [path: RegExp, apiVersion: string, kind: string][] = [
  [/^\/apis\/apiextensions\.k8s\.io\/v1\/customresourcedefinitions$/, 'apiextensions.k8s.io/v1', 'CustomResourceDefinition'],
  [/^\/api\/v1\/namespaces\/[^/]+\/resourcequotas$/, 'v1', 'ResourceQuota'],
  [/^\/api\/v1\/namespaces\/[^/]+\/limitranges$/, 'v1', 'LimitRange'],
]

/** The list at a path where there is never anything; undefined elsewhere. */
export function emptyListAt(path: string, resourceVersion: number): object | undefined {
  const found = unmodelled.find(([pattern]) => pattern.test(path))
  return found && { kind: `${found[2]}List`, apiVersion: found[1], metadata: { resourceVersion: String(resourceVersion) }, items: [] }
}
