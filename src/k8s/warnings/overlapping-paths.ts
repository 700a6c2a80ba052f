/** Files of a volume that hide one another. @source pkg/api/pod/warnings.go warningsForOverlappingVirtualPaths */
import type { Volume } from '../types.ts'

interface Source {
  name?: string
  secretName?: string
  signerName?: string
  path?: string
  items?: { path?: string }[]
}

interface Placed {
  path: string
  /** Of which source of a projected volume it is. */
  of: string
}

type Projection = Record<string, Source | undefined>

const namedKinds: Readonly<Record<string, string>> = { configMap: 'ConfigMap', secret: 'Secret' }

const described = (kind: string, name = ''): string => (namedKinds[kind] ? `${namedKinds[kind]} ${JSON.stringify(name)}` : 'DownwardAPI')

const isIn = (inner: string, outer: string): boolean => inner === outer || inner.startsWith(`${outer}/`)

const text = ({ path, of }: Placed): string => JSON.stringify(path) + (of && ` (${of})`)

/** Each path with those before it that it meets. */
function overlaps(paths: readonly Placed[], what: string): string[] {
  return paths.flatMap((one, i) =>
    paths
      .slice(0, i)
      .filter((other) => isIn(one.path, other.path) || isIn(other.path, one.path))
      .map((other) => `${what}: overlapping paths: ${text(one)} with ${text(other)}`),
  )
}

const itemsOf = ({ items = [] }: Source, of: string): Placed[] => items.map(({ path = '' }) => ({ path, of }))

function projectedPaths(projection: Projection): Placed[] {
  for (const kind of ['configMap', 'secret', 'downwardAPI']) {
    const source = projection[kind]
    if (source?.items) return itemsOf(source, described(kind, source.name))
  }
  const { serviceAccountToken: token, clusterTrustBundle: bundle } = projection
  if (token) return [{ path: token.path ?? '', of: 'ServiceAccountToken' }]
  return bundle ? [{ path: bundle.path ?? '', of: `ClusterTrustBundle ${JSON.stringify(bundle.name ?? bundle.signerName ?? '')}` }] : []
}

function inProjected(projections: readonly Projection[], name: string): string[] {
  const what = `volume ${JSON.stringify(name)} (Projected)`
  const none = projections.flatMap((projection) => (Object.keys(projection).length ? [] : [`${what} has no sources provided`]))
  const paths = projections.flatMap(projectedPaths).map(({ path, of }) => ({ path: path.replace(/\/+$/, ''), of }))
  return [...none, ...overlaps(paths, what)]
}

export function warningsForPaths(volumes: readonly Volume[]): string[] {
  return volumes.flatMap((volume) => {
    const whole = ['configMap', 'secret', 'downwardAPI'].flatMap((kind) => {
      const source = volume[kind] as Source | undefined
      if (!source?.items) return []
      return overlaps(itemsOf(source, ''), `volume ${JSON.stringify(volume.name)} (${described(kind, source.secretName ?? source.name)})`)
    })
    const projected = volume.projected as { sources?: Projection[] } | undefined
    return [...whole, ...inProjected(projected?.sources ?? [], volume.name)]
  })
}
