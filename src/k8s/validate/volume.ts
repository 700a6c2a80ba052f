/**
 * Volumes of a pod. Checked in depth are the sources a small cluster uses; of the storage vendors' only that there is one source.
 * @source ValidateVolumes; DS-15.21, DS-15.40
 */
import { dns1123Label } from '../name.ts'
import { compareQuantities } from '../quantity.ts'
import type { Volume } from '../types.ts'
import { since } from '../version.ts'
import { validateClaimTemplate } from './claim-template.ts'
import type { FieldErrors } from './field-errors.ts'
import { validateLocalPath, validateNoBacksteps } from './local-path.ts'
import { type FieldRef, type ResourceFieldRef, validateFieldRef, validateResourceRef } from './pod-fields.ts'
import { pullPolicies } from './pull-policies.ts'

/** In the order in which more than one is reported. */
const sources = [
  ...['emptyDir', 'hostPath', 'gitRepo', 'gcePersistentDisk', 'awsElasticBlockStore', 'secret', 'nfs', 'iscsi', 'glusterfs', 'flocker'],
  ...['persistentVolumeClaim', 'rbd', 'cinder', 'cephfs', 'quobyte', 'downwardAPI', 'fc', 'flexVolume', 'configMap', 'azureFile'],
  ...['vsphereVolume', 'photonPersistentDisk', 'portworxVolume', 'azureDisk', 'storageos', 'projected', 'scaleIO', 'csi', 'ephemeral', 'image'],
]

/** What the API server calls them when there is another one. */
const misnamed: Record<string, string> = { downwardAPI: 'downwarAPI', cephfs: 'cephFS' }

type Source = Record<string, unknown>

const hostPathTypes = ['', 'DirectoryOrCreate', 'Directory', 'FileOrCreate', 'File', 'Socket', 'CharDevice', 'BlockDevice']
const modeRange = 'must be a number between 0 and 0777 (octal), both inclusive'

/** @source validateLocalNonReservedPath */
function validateOwnPath(errors: FieldErrors, value: string, path: string): void {
  validateLocalPath(errors, value, path)
  if (value.startsWith('..') && !value.startsWith('../')) errors.invalid(path, value, "must not start with '..'")
}

function validateMode(errors: FieldErrors, mode: unknown, path: string): void {
  if (typeof mode === 'number' && (mode < 0 || mode > 0o777)) errors.invalid(path, mode, modeRange)
}

function validateItems(errors: FieldErrors, source: Source, path: string): void {
  validateMode(errors, source.defaultMode, `${path}.defaultMode`)
  const items = (source.items ?? []) as { key?: string; path?: string; mode?: number }[]
  items.forEach((item, i) => {
    const at = `${path}.items[${i}]`
    if (!item.key) errors.required(`${at}.key`)
    if (!item.path) errors.required(`${at}.path`)
    else validateOwnPath(errors, item.path, `${at}.path`)
    validateMode(errors, item.mode, `${at}.mode`)
  })
}

interface DownwardFile {
  path?: string
  mode?: number
  fieldRef?: FieldRef
  resourceFieldRef?: ResourceFieldRef
}

/** Reports them by the path of the source: which of the files it is, is not said. @source validateDownwardAPIVolumeFile */
function validateDownwardItems(errors: FieldErrors, source: Source, path: string): void {
  for (const { path: file = '', mode, fieldRef, resourceFieldRef } of (source.items ?? []) as DownwardFile[]) {
    if (!file) errors.required(`${path}.path`)
    validateOwnPath(errors, file, `${path}.path`)
    if (fieldRef) {
      validateFieldRef(errors, fieldRef, 'volume', `${path}.fieldRef`)
      if (resourceFieldRef) errors.invalid(path, 'resource', 'fieldRef and resourceFieldRef can not be specified simultaneously')
    } else if (resourceFieldRef) validateResourceRef(errors, resourceFieldRef, 'volume', `${path}.resourceFieldRef`)
    else errors.required(path, 'one of fieldRef and resourceFieldRef is required')
    validateMode(errors, mode, `${path}.mode`)
  }
}

/** `projected` = path of the volume: the token's file is reported there. */
function validateToken(errors: FieldErrors, { expirationSeconds = 3600, path: file }: Source, path: string, projected: string): void {
  const seconds = expirationSeconds as number
  if (seconds < 600) errors.invalid(`${path}.expirationSeconds`, seconds, 'may not specify a duration less than 10 minutes')
  if (seconds > 2 ** 32) errors.invalid(`${path}.expirationSeconds`, seconds, 'may not specify a duration larger than 2^32 seconds')
  if (!file) errors.required(`${projected}.path`)
  else if (since(errors.version, 'tokenPathChecked')) validateOwnPath(errors, file as string, `${projected}.path`)
}

const projections = ['secret', 'configMap', 'downwardAPI', 'serviceAccountToken'] as const

/** @source validateProjectionSources */
function validateProjections(errors: FieldErrors, volume: Source, path: string): void {
  const paths = new Set<string>()
  const sources = (volume.sources ?? []) as Partial<Record<(typeof projections)[number], Source>>[]
  sources.forEach((projection, i) => {
    let found = 0
    for (const kind of projections) {
      const source = projection[kind]
      if (source === undefined) continue
      const at = `${path}.sources[${i}].${kind}`
      found++
      if (kind === 'serviceAccountToken') validateToken(errors, source, at, path)
      else if (kind === 'downwardAPI') validateDownwardItems(errors, source, at)
      else {
        if (!source.name) errors.required(`${at}.name`)
        validateItems(errors, source, at)
      }
      if (kind === 'serviceAccountToken') continue
      const name = kind === 'downwardAPI' ? undefined : ((source.name as string | undefined) ?? '')
      for (const { path: file } of (source.items ?? []) as { path?: string }[]) {
        if (file && paths.has(file)) errors.invalid(path, name ?? file, 'conflicting duplicate paths')
        if (file) paths.add(file)
      }
    }
    if (found > 1) errors.forbidden(`${path}.sources[${i}]`, 'may not specify more than 1 volume type')
  })
}

const checks: Record<string, (errors: FieldErrors, source: Source, path: string) => void> = {
  emptyDir(errors, source, path) {
    if (compareQuantities((source.sizeLimit as string | undefined) ?? '0', '0') < 0) {
      errors.forbidden(`${path}.sizeLimit`, 'SizeLimit field must be a valid resource quantity')
    }
  },
  hostPath(errors, source, path) {
    const type = (source.type as string | undefined) ?? ''
    if (!source.path) errors.required(`${path}.path`)
    else {
      validateNoBacksteps(errors, source.path as string, `${path}.path`)
      if (!hostPathTypes.includes(type)) errors.notSupported(`${path}.type`, type, [...hostPathTypes].sort())
    }
  },
  gitRepo(errors, source, path) {
    if (!source.repository) errors.required(`${path}.repository`)
    validateLocalPath(errors, (source.directory as string | undefined) ?? '', `${path}.directory`)
  },
  gcePersistentDisk(errors, source, path) {
    const at = path.replace(/gcePersistentDisk$/, 'persistentDisk')
    if (!source.pdName) errors.required(`${at}.pdName`)
    const partition = (source.partition as number | undefined) ?? 0
    if (partition < 0 || partition > 255) errors.invalid(`${at}.partition`, partition, 'must be between 0 and 255, inclusive')
  },
  awsElasticBlockStore(errors, source, path) {
    if (!source.volumeID) errors.required(`${path}.volumeID`)
  },
  secret(errors, source, path) {
    if (!source.secretName) errors.required(`${path}.secretName`)
    validateItems(errors, source, path)
  },
  configMap(errors, source, path) {
    if (!source.name) errors.required(`${path}.name`)
    validateItems(errors, source, path)
  },
  nfs(errors, source, path) {
    if (!source.server) errors.required(`${path}.server`)
    if (!source.path) errors.required(`${path}.path`)
    if (!((source.path as string | undefined) ?? '').startsWith('/'))
      errors.invalid(`${path}.path`, (source.path as string | undefined) ?? '', 'must be an absolute path')
  },
  persistentVolumeClaim(errors, source, path) {
    if (!source.claimName) errors.required(`${path}.claimName`)
  },
  downwardAPI(errors, source, path) {
    validateMode(errors, source.defaultMode, `${path}.defaultMode`)
    validateDownwardItems(errors, source, path)
  },
  projected(errors, source, path) {
    validateMode(errors, source.defaultMode, `${path}.defaultMode`)
    validateProjections(errors, source, path)
  },
  csi(errors, source, path) {
    if (!source.driver) errors.required(`${path}.driver`)
  },
  image(errors, source, path) {
    // templates may leave it to whoever fills them in
    if (!source.reference && path.startsWith('spec.volumes')) errors.required(`${path}.reference`)
    const policy = (source.pullPolicy as string | undefined) ?? ''
    if (!pullPolicies.includes(policy)) errors.notSupported(`${path}.pullPolicy`, policy, pullPolicies)
  },
  ephemeral(errors, source, path) {
    const at = `${path}.volumeClaimTemplate`
    if (!source.volumeClaimTemplate) errors.required(at)
    else validateClaimTemplate(errors, source.volumeClaimTemplate, at)
  },
}

function validateSource(errors: FieldErrors, volume: Volume, path: string): void {
  let found = 0
  for (const kind of sources) {
    const source = volume[kind] as Source | undefined
    if (source === undefined) continue
    if (found > 0) errors.forbidden(`${path}.${misnamed[kind] ?? kind}`, 'may not specify more than 1 volume type')
    else checks[kind]?.(errors, source, `${path}.${kind}`)
    found++
  }
  if (found === 0) errors.required(path, 'must specify a volume type')
}

/** Gives the volumes that are valid, by name: only these can be mounted. */
export function validateVolumes(errors: FieldErrors, volumes: readonly Volume[] | undefined, path: string): Map<string, Volume> {
  const valid = new Map<string, Volume>()
  volumes?.forEach((volume, i) => {
    const at = `${path}[${i}]`
    const before = errors.causes.length
    validateSource(errors, volume, at)
    if (!volume.name) errors.required(`${at}.name`)
    else errors.invalidEach(`${at}.name`, volume.name, dns1123Label(volume.name, errors.version))
    if (valid.has(volume.name)) errors.duplicate(`${at}.name`, volume.name)
    if (!errors.grewSince(before)) valid.set(volume.name, volume)
  })
  return valid
}
