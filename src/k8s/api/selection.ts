import type { Route } from './route.ts'

/** Which objects of a collection a request is about. */
export interface Selection {
  namespace: string | undefined
  labelSelector: string | undefined
  fieldSelector: string | undefined
}

/** The selection of a list or watch; one object's own path selects it by name. */
export function selectionOf({ namespace, name }: Route, query: URLSearchParams): Selection {
  const fieldSelector = query.get('fieldSelector') || undefined
  return {
    namespace,
    labelSelector: query.get('labelSelector') || undefined,
    fieldSelector: name === undefined ? fieldSelector : `metadata.name=${name}`,
  }
}
