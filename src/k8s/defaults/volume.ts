import type { Volume } from '../types.ts'
import { fill, fillAbsent, mapKeeping, withField } from './fill.ts'
import { pullPolicyOf } from './image-tag.ts'

type Source = Record<string, unknown>

const defaultMode = { defaultMode: 420 }

/** Fields that have a default, by volume source. @source pkg/apis/core/v1/defaults.go SetDefaults_*VolumeSource */
const sourceDefaults: Record<string, (source: Source) => Source> = {
  hostPath: (source) => fillAbsent(source, { type: '' }),
  secret: (source) => fillAbsent(source, defaultMode),
  configMap: (source) => fillAbsent(source, defaultMode),
  downwardAPI: (source) => withFieldRefs(fillAbsent(source, defaultMode)),
  projected: (source) => withProjections(fillAbsent(source, defaultMode)),
  iscsi: (source) => fill(source, { iscsiInterface: 'default' }),
  rbd: (source) => fill(source, { pool: 'rbd', user: 'admin', keyring: '/etc/ceph/keyring' }),
  azureDisk: (source) => fillAbsent(source, { cachingMode: 'ReadWrite', kind: 'Shared', fsType: 'ext4', readOnly: false }),
  scaleIO: (source) => fill(source, { storageMode: 'ThinProvisioned', fsType: 'xfs' }),
  image: (source) => fill(source, { pullPolicy: pullPolicyOf(source.reference as string | undefined) }),
  ephemeral: (source) => {
    const template = source.volumeClaimTemplate as { spec?: Source } | undefined
    if (!template?.spec) return source
    return withField(source, 'volumeClaimTemplate', withField(template, 'spec', fillAbsent(template.spec, { volumeMode: 'Filesystem' })))
  },
}

function withFieldRefs(source: Source): Source {
  const items = mapKeeping(source.items as Source[] | undefined, (item) => {
    const ref = item.fieldRef as Source | undefined
    return ref ? withField(item, 'fieldRef', fill(ref, { apiVersion: 'v1' })) : item
  })
  return items ? withField(source, 'items', items) : source
}

function withProjections(source: Source): Source {
  const sources = mapKeeping(source.sources as Source[] | undefined, (projection) => {
    const token = projection.serviceAccountToken as Source | undefined
    const downward = projection.downwardAPI as Source | undefined
    let result = projection
    if (token) result = withField(result, 'serviceAccountToken', fillAbsent(token, { expirationSeconds: 3600 }))
    if (downward) result = withField(result, 'downwardAPI', withFieldRefs(downward))
    return result
  })
  return sources ? withField(source, 'sources', sources) : source
}

/** A volume without a source is an empty directory. @source SetDefaults_Volume */
export function defaultVolume(volume: Volume): Volume {
  const sources = Object.keys(volume).filter((key) => key !== 'name' && volume[key] !== undefined)
  if (sources.length === 0) return { ...volume, emptyDir: {} }
  let result = volume
  for (const key of sources) {
    const set = sourceDefaults[key]
    if (set) result = withField(result, key, set(volume[key] as Source))
  }
  return result
}
