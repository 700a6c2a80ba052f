import type { Volume } from '#k8s/types.ts'
import { sortedKeys } from '../go-format.ts'
import type { DescribeWriter } from './describe-writer.ts'

type Fields = Record<string, unknown>

interface VolumeText {
  type: string
  /** Title and value of each line behind `Type`. */
  lines(source: Fields): [title: string, value: unknown][]
}

const bool = (value: unknown): boolean => value === true

/** The volume sources that daemons use; others show as `<unknown>`. @source kubectl/pkg/describe describeVolumes */
const sources: Record<string, VolumeText> = {
  hostPath: {
    type: 'HostPath (bare host directory volume)',
    lines: (s) => [
      ['Path', s.path],
      ['HostPathType', s.type ?? '<none>'],
    ],
  },
  emptyDir: {
    type: "EmptyDir (a temporary directory that shares a pod's lifetime)",
    lines: (s) => [
      ['Medium', s.medium ?? ''],
      ['SizeLimit', s.sizeLimit ?? '<unset>'],
    ],
  },
  secret: {
    type: 'Secret (a volume populated by a Secret)',
    lines: (s) => [
      ['SecretName', s.secretName ?? ''],
      ['Optional', bool(s.optional)],
    ],
  },
  configMap: {
    type: 'ConfigMap (a volume populated by a ConfigMap)',
    lines: (s) => [
      ['Name', s.name ?? ''],
      ['Optional', bool(s.optional)],
    ],
  },
  persistentVolumeClaim: {
    type: 'PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)',
    lines: (s) => [
      ['ClaimName', s.claimName ?? ''],
      ['ReadOnly', bool(s.readOnly)],
    ],
  },
  nfs: {
    type: 'NFS (an NFS mount that lasts the lifetime of a pod)',
    lines: (s) => [
      ['Server', s.server ?? ''],
      ['Path', s.path ?? ''],
      ['ReadOnly', bool(s.readOnly)],
    ],
  },
  csi: {
    type: 'CSI (a Container Storage Interface (CSI) volume source)',
    lines: (s) => [
      ['Driver', s.driver ?? ''],
      ['FSType', s.fsType ?? ''],
      ['ReadOnly', bool(s.readOnly)],
      ['VolumeAttributes', attributes(s.volumeAttributes as Record<string, string> | undefined)],
    ],
  },
  image: {
    type: 'Image (a container image or OCI artifact)',
    lines: (s) => [
      ['Reference', s.reference ?? ''],
      ['PullPolicy', s.pullPolicy ?? ''],
    ],
  },
  downwardAPI: {
    type: 'DownwardAPI (a volume populated by information about the pod)',
    lines: (s) => [['Items', `\n${downwardItems(s)}`]],
  },
  projected: { type: 'Projected (a volume that contains injected data from multiple sources)', lines: projectedLines },
}

function attributes(map: Record<string, string> | undefined): string {
  return (
    sortedKeys(map ?? {})
      .map((key, i) => `${i ? '    \t' : ''}${key}=${map?.[key]}`)
      .join('\n    ') || '<none>'
  )
}

function downwardItems(source: Fields): string {
  const items = (source.items ?? []) as { path: string; fieldRef?: { fieldPath: string }; resourceFieldRef?: { resource: string } }[]
  return items.map(({ path, fieldRef, resourceFieldRef }) => `      ${(fieldRef?.fieldPath ?? resourceFieldRef?.resource) || ''} -> ${path}`).join('\n')
}

function projectedLines(volume: Fields): [string, unknown][] {
  return ((volume.sources ?? []) as Record<string, Fields>[]).flatMap(({ secret, downwardAPI, configMap, serviceAccountToken }): [string, unknown][] => {
    if (secret) {
      return [
        ['SecretName', secret.name],
        ['Optional', bool(secret.optional)],
      ]
    }
    if (downwardAPI) return [['DownwardAPI', true]]
    if (configMap) {
      return [
        ['ConfigMapName', configMap.name],
        ['Optional', bool(configMap.optional)],
      ]
    }
    return serviceAccountToken ? [['TokenExpirationSeconds', serviceAccountToken.expirationSeconds ?? 0]] : []
  })
}

/** The volumes of a pod or template; `space` indents the heading. */
export function writeVolumes(w: DescribeWriter, volumes: readonly Volume[] | undefined, space: string): void {
  w.write(0, volumes?.length ? `${space}Volumes:\n` : `${space}Volumes:\t<none>\n`)
  for (const volume of volumes ?? []) {
    w.write(1, `${space ? ' ' : ''}${volume.name}:\n`)
    const name = Object.keys(sources).find((key) => volume[key])
    if (!name) {
      w.write(1, '<unknown>\n')
      continue
    }
    const { type, lines } = sources[name] as VolumeText
    w.field(2, 'Type', type)
    for (const [title, value] of lines(volume[name] as Fields)) w.field(2, title, String(value))
  }
}
