import { compareQuantities } from '#k8s/quantity.ts'
import { sortedKeys } from '#k8s/schema/go-format.ts'
import type { StringMap, Volume } from '#k8s/types.ts'
import type { DescribeWriter } from './describe-writer.ts'
import { annotationTexts, labelTexts, maxAnnotationLength } from './multiline.ts'
import { projections, volumeSources } from './volume-sources.ts'

type Fields = Record<string, unknown>

/** A value as `%v` of its Go type shows it; `kind` as in the table of sources. */
function shownValue(value: unknown, kind: string, unset: string): string {
  const list = () => (value ?? []) as string[]
  if (kind === '?') return String(value === true)
  if (kind === '#') return String(value ?? 0)
  if (kind === '[') return `[${list().join(' ')}]`
  if (kind === ',') return list().join(', ')
  if (kind === '&') return value ? `&LocalObjectReference{Name:${(value as { name?: string }).name ?? ''},}` : 'nil'
  if (kind !== '{') return String(value ?? unset)
  const map = (value ?? {}) as StringMap
  return `map[${sortedKeys(map)
    .map((key) => `${key}:${map[key]}`)
    .join(' ')}]`
}

function writeFields(w: DescribeWriter, lines: string, source: Fields): void {
  for (const line of lines ? lines.split('; ') : []) {
    const [, label = '', field = '', kind = '', unset = ''] = /^(.+) (\w+)([?#[,{&]?)(?:=(.*))?$/.exec(line) as RegExpExecArray
    w.write(2, `${label}\t${shownValue(source[field], kind, unset)}\n`)
  }
}

function writeProjected(w: DescribeWriter, volume: Fields): void {
  for (const source of (volume.sources ?? []) as Record<string, Fields>[]) {
    const [name, lines] = projections.find(([key]) => source[key]) ?? []
    if (name === 'downwardAPI') w.field(2, 'DownwardAPI', true)
    else if (name) writeFields(w, lines as string, source[name] as Fields)
  }
}

function writeDownward(w: DescribeWriter, volume: Fields): void {
  w.write(2, 'Items:\n')
  for (const item of (volume.items ?? []) as { path: string; fieldRef?: { fieldPath: string }; resourceFieldRef?: { resource: string } }[]) {
    if (item.fieldRef) w.write(3, `${item.fieldRef.fieldPath} -> ${item.path}\n`)
    if (item.resourceFieldRef) w.write(3, `${item.resourceFieldRef.resource} -> ${item.path}\n`)
  }
}

function writeAttributes(w: DescribeWriter, attributes: StringMap | undefined): void {
  const lines = sortedKeys(attributes ?? {}).map((key) => {
    const line = `${key}=${attributes?.[key]}`
    return `    ${line.length > maxAnnotationLength ? `${line.slice(0, maxAnnotationLength)}...` : line}`
  })
  w.field(2, 'VolumeAttributes', lines.join('\n        \t') || '<none>')
}

interface ClaimTemplate {
  metadata?: { labels?: StringMap; annotations?: StringMap }
  spec?: { storageClassName?: string; volumeMode?: string; dataSource?: { apiGroup?: string; kind: string; name: string } }
}

/** The storage class of a claim: the annotation from before there was a field for it comes first. @source kubectl/pkg/util/storage */
export function storageClassOf({ metadata, spec }: Pick<ClaimTemplate, 'metadata'> & { spec?: { storageClassName?: string } }): string {
  return metadata?.annotations?.['volume.beta.kubernetes.io/storage-class'] ?? spec?.storageClassName ?? ''
}

/** Labels or annotations of a template: kubectl indents every part of such a line. @source kubectl/pkg/describe NestedPrefixWriter */
function writeIndented(w: DescribeWriter, title: string, values: readonly string[], before: string): void {
  w.field(2, title, `    ${values.join(`\n${before}\t    `) || '<none>'}`)
}

/** A claim that is only a template has no volume yet. @source kubectl/pkg/describe printPersistentVolumeClaim */
function writeClaimTemplate(w: DescribeWriter, template: ClaimTemplate | undefined): void {
  if (!template) return
  const { metadata, spec } = template
  w.field(2, 'StorageClass', storageClassOf(template))
  w.field(2, 'Volume', '')
  writeIndented(w, 'Labels', labelTexts(metadata?.labels), '        ')
  writeIndented(w, 'Annotations', annotationTexts(metadata?.annotations), '    ')
  w.field(2, 'Capacity', '')
  w.field(2, 'Access Modes', '')
  if (spec?.volumeMode) w.field(2, 'VolumeMode', spec.volumeMode)
  if (!spec?.dataSource) return
  w.write(2, 'DataSource:\n')
  if (spec.dataSource.apiGroup) w.field(3, 'APIGroup', spec.dataSource.apiGroup)
  w.field(3, 'Kind', spec.dataSource.kind)
  w.field(3, 'Name', spec.dataSource.name)
}

/** What stands below the fields of a source. */
const more: Readonly<Record<string, (w: DescribeWriter, source: Fields) => void>> = {
  emptyDir: (w, { sizeLimit }) => {
    const limit = sizeLimit as string | undefined
    w.field(2, 'SizeLimit', limit !== undefined && compareQuantities(limit, '0') > 0 ? limit : '<unset>')
  },
  projected: writeProjected,
  downwardAPI: writeDownward,
  csi: (w, source) => writeAttributes(w, source.volumeAttributes as StringMap | undefined),
  ephemeral: (w, source) => writeClaimTemplate(w, source.volumeClaimTemplate as ClaimTemplate | undefined),
}

/** The volumes of a pod or template; `space` indents the heading. */
export function writeVolumes(w: DescribeWriter, volumes: readonly Volume[] | undefined, space: string): void {
  w.write(0, volumes?.length ? `${space}Volumes:\n` : `${space}Volumes:\t<none>\n`)
  for (const volume of volumes ?? []) {
    w.write(1, `${space ? ' ' : ''}${volume.name}:\n`)
    const [name, [type, lines]] = Object.entries(volumeSources).find(([key]) => volume[key]) ?? ['', ['', '']]
    if (!name) {
      w.write(1, '<unknown>\n')
      continue
    }
    const source = volume[name] as Fields
    w.field(2, 'Type', type)
    writeFields(w, lines, source)
    more[name]?.(w, source)
  }
}
