/** Volumes that a container uses as block devices. @source ValidateVolumeDevices; DS-15.28 */
import type { Container, Volume } from '../../types.ts'
import type { FieldErrors } from '../field-errors.ts'

export function validateVolumeDevices(errors: FieldErrors, container: Container, path: string, volumes: ReadonlyMap<string, Volume>): void {
  const mounts = new Map(container.volumeMounts?.map(({ name, mountPath }) => [name, mountPath]))
  const mountPaths = new Set(mounts.values())
  const names = new Set<string>()
  const paths = new Set<string>()
  container.volumeDevices?.forEach(({ name = '', devicePath = '' }, i) => {
    const at = `${path}[${i}]`
    const volume = volumes.get(name)
    if (!name) errors.required(`${at}.name`)
    if (names.has(name)) errors.invalid(`${at}.name`, name, 'must be unique')
    if (!volume) errors.notFound(`${at}.name`, name)
    else if (!volume.persistentVolumeClaim && !volume.ephemeral)
      errors.invalid(`${at}.name`, name, 'can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode')
    if (!devicePath) errors.required(`${at}.devicePath`)
    if (paths.has(devicePath)) errors.invalid(`${at}.devicePath`, devicePath, 'must be unique')
    if (devicePath.split('/').includes('..')) errors.invalid(`${at}.devicePath`, devicePath, "can not contain backsteps ('..')")
    else paths.add(devicePath)
    if (mounts.has(name)) errors.invalid(`${at}.name`, name, 'must not already exist in volumeMounts')
    if (mountPaths.has(devicePath)) errors.invalid(`${at}.devicePath`, devicePath, 'must not already exist as a path in volumeMounts')
    if (name) names.add(name)
  })
}
