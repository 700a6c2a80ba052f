import { sortedKeys } from '#k8s/schema/go-format.ts'
import type { Volume } from '#k8s/types.ts'
import type { DescribeWriter } from './describe-writer.ts'

type Fields = Record<string, unknown>

/**
 * The volume sources that daemons use, each with its type text and its fields as `Title:field`, `?` = yes or no,
 * `=text` = shown when not set. Others show as `<unknown>`.
 * @source kubectl/pkg/describe describeVolumes
 */
const sources: Record<string, [type: string, fields: string]> = {
  hostPath: ['HostPath (bare host directory volume)', 'Path:path HostPathType:type=<none>'],
  emptyDir: ["EmptyDir (a temporary directory that shares a pod's lifetime)", 'Medium:medium SizeLimit:sizeLimit=<unset>'],
  secret: ['Secret (a volume populated by a Secret)', 'SecretName:secretName Optional:optional?'],
  configMap: ['ConfigMap (a volume populated by a ConfigMap)', 'Name:name Optional:optional?'],
  nfs: ['NFS (an NFS mount that lasts the lifetime of a pod)', 'Server:server Path:path ReadOnly:readOnly?'],
  persistentVolumeClaim: [
    'PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)',
    'ClaimName:claimName ReadOnly:readOnly?',
  ],
  downwardAPI: ['DownwardAPI (a volume populated by information about the pod)', ''],
  projected: ['Projected (a volume that contains injected data from multiple sources)', ''],
  csi: ['CSI (a Container Storage Interface (CSI) volume source)', 'Driver:driver FSType:fsType ReadOnly:readOnly?'],
  image: ['Image (a container image or OCI artifact)', 'Reference:reference PullPolicy:pullPolicy'],
}

/** What a projected volume says about each of its sources. */
const projections: [source: string, fields: string][] = [
  ['secret', 'SecretName:name Optional:optional?'],
  ['downwardAPI', ''],
  ['configMap', 'ConfigMapName:name Optional:optional?'],
  ['serviceAccountToken', 'TokenExpirationSeconds:expirationSeconds'],
]

function writeFields(w: DescribeWriter, fields: string, source: Fields): void {
  for (const field of fields.split(' ').filter(Boolean)) {
    const [, title, name, yesNo, unset] = /^(\w+):(\w+)(\?)?(?:=(.*))?$/.exec(field) as RegExpExecArray
    const value = source[name as string]
    w.field(2, title as string, yesNo ? value === true : String(value ?? unset ?? ''))
  }
}

function writeProjected(w: DescribeWriter, volume: Fields): void {
  for (const source of (volume.sources ?? []) as Record<string, Fields>[]) {
    const [name, fields] = projections.find(([key]) => source[key]) ?? []
    if (name === 'downwardAPI') w.field(2, 'DownwardAPI', true)
    else if (name) writeFields(w, fields as string, source[name] as Fields)
  }
}

function writeDownward(w: DescribeWriter, volume: Fields): void {
  w.write(2, 'Items:\n')
  for (const item of (volume.items ?? []) as { path: string; fieldRef?: { fieldPath: string }; resourceFieldRef?: { resource: string } }[]) {
    if (item.fieldRef) w.write(3, `${item.fieldRef.fieldPath} -> ${item.path}\n`)
    if (item.resourceFieldRef) w.write(3, `${item.resourceFieldRef.resource} -> ${item.path}\n`)
  }
}

function writeAttributes(w: DescribeWriter, attributes: Record<string, string> | undefined): void {
  const lines = sortedKeys(attributes ?? {}).map((key) => `    ${key}=${attributes?.[key]}`)
  w.field(2, 'VolumeAttributes', lines.join('\n        \t') || '<none>')
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
    const source = volume[name] as Fields
    const [type, fields] = sources[name] as [string, string]
    w.field(2, 'Type', type)
    writeFields(w, fields, source)
    if (name === 'projected') writeProjected(w, source)
    if (name === 'downwardAPI') writeDownward(w, source)
    if (name === 'csi') writeAttributes(w, source.volumeAttributes as Record<string, string> | undefined)
  }
}
