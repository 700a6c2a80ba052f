import type { ResourceRequirements, Volume } from '../types.ts'
import { type ChangeName, type KubernetesVersion, since } from '../version.ts'
import { fractionalBytes } from './containers.ts'

const removed = 'deprecated in v1.22, non-functional in v1.25+'

/** Kinds of volumes that are on their way out: what is said of them, and since when. */
const deprecatedVolumes: readonly [source: string, text: string, change?: ChangeName, before?: string][] = [
  ['photonPersistentDisk', 'deprecated in v1.11, non-functional in v1.16+'],
  ['gitRepo', 'deprecated in v1.11, and disabled by default in v1.33+', 'gitRepoDisabled', 'deprecated in v1.11'],
  ['scaleIO', 'deprecated in v1.16, non-functional in v1.22+'],
  ['flocker', removed, 'volumesGoneText', 'deprecated in v1.22, support removal is planned in v1.26'],
  ['storageos', removed, 'volumesGoneText', 'deprecated in v1.22, support removal is planned in v1.26'],
  ['quobyte', removed, 'volumesGoneText', 'deprecated in v1.22, support removal is planned in v1.26'],
  ['glusterfs', 'deprecated in v1.25, non-functional in v1.26+', 'volumesGoneText'],
  ['cephfs', 'deprecated in v1.28, non-functional in v1.31+', 'cephWarnings'],
  ['rbd', 'deprecated in v1.28, non-functional in v1.31+', 'cephWarnings'],
]

/** The server says `storageOS`, though the field is called otherwise. */
const fieldNames: Record<string, string> = { storageos: 'storageOS' }

/** @source GetWarningsForPersistentVolumeClaimSpec */
function fractionalStorage({ ephemeral }: Volume, path: string): string[] {
  const template = (ephemeral as { volumeClaimTemplate?: { spec?: { resources?: ResourceRequirements } } } | undefined)?.volumeClaimTemplate
  const { requests, limits } = template?.spec?.resources ?? {}
  const at = `${path}.ephemeral.volumeClaimTemplate.spec.resources`
  return [...fractionalBytes(requests, 'storage', `${at}.requests`), ...fractionalBytes(limits, 'storage', `${at}.limits`)]
}

export function warningsForVolumes(volumes: readonly Volume[], path: string, version: KubernetesVersion): string[] {
  return volumes.flatMap((volume, i) => [
    ...deprecatedVolumes.flatMap(([source, text, change, before]) => {
      const said = change === undefined || since(version, change) ? text : before
      return volume[source] && said !== undefined ? [`${path}[${i}].${fieldNames[source] ?? source}: ${said}`] : []
    }),
    ...fractionalStorage(volume, `${path}[${i}]`),
  ])
}
