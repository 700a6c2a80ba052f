/** What a client wants its objects as: whole, as rows of a table, or as their metadata only. */
export type Form = 'object' | 'Table' | 'PartialObjectMetadata'

/**
 * The first form of an Accept header that this server can give, undefined when there is none (only JSON is spoken).
 * @source apiserver/pkg/endpoints/handlers/negotiation
 */
export function formOf(accept: string | undefined): Form | undefined {
  if (!accept) return 'object'
  for (const item of accept.split(',')) {
    const [type = '', ...parameters] = item.split(';').map((part) => part.trim())
    if (!['application/json', 'application/*', '*/*'].includes(type)) continue
    const as = parameters.find((p) => p.startsWith('as='))?.slice(3)
    if (as === undefined) return 'object'
    if (!parameters.includes('g=meta.k8s.io')) continue
    if (as === 'Table') return 'Table'
    if (as === 'PartialObjectMetadata' || as === 'PartialObjectMetadataList') return 'PartialObjectMetadata'
  }
  return undefined
}

/** Whether the client takes this media type by name. */
export function accepts(accept: string | undefined, type: string): boolean {
  return (accept ?? '').split(',').some((item) => item.split(';')[0]?.trim() === type)
}
