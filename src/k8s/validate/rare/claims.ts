import { dns1123Subdomain } from '../../name.ts'
import type { PodSpec } from '../../types.ts'
import type { FieldErrors } from '../field-errors.ts'

/** Claims that are made for the volumes of a pod are named after both. @source ValidateVolumes */
export function validateClaimsOfPod(errors: FieldErrors, volumes: NonNullable<PodSpec['volumes']>, podName: string, path: string): void {
  const nameOf = (volume: string): string => `${podName}-${volume}`
  const made = new Set(volumes.filter(({ ephemeral }) => ephemeral).map(({ name }) => nameOf(name)))
  volumes.forEach(({ name, ephemeral, persistentVolumeClaim }, i) => {
    if (ephemeral && name) {
      const claim = nameOf(name)
      for (const text of dns1123Subdomain(claim)) errors.invalid(`${path}[${i}].name`, name, `PVC name ${JSON.stringify(claim)}: ${text}`)
    }
    const { claimName } = (persistentVolumeClaim ?? {}) as { claimName?: string }
    if (claimName && made.has(claimName))
      errors.invalid(`${path}[${i}].persistentVolumeClaim.claimName`, claimName, 'must not reference a PVC that gets created for an ephemeral volume')
  })
}
