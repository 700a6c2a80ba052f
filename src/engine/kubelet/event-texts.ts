/** Texts of the kubelet's container events, by version (KL-12). */
import { type KubernetesVersion, since } from '#k8s/version.ts'
import { rememberLast } from '#sim/remember-last.ts'

export const pullingText = rememberLast((image: string) => `Pulling image "${image}"`)

const pulledTexts = rememberLast((version: KubernetesVersion) =>
  rememberLast((image: string) =>
    rememberLast((seconds: string) => {
      const waiting = since(version, 'pullTimesBoth') ? ` (${seconds} including waiting)` : ''
      const size = since(version, 'imageSizeText') ? '. Image size: 27340000 bytes.' : ''
      return `Successfully pulled image "${image}" in ${seconds}${waiting}${size}`
    }),
  ),
)

export function pulledText(version: KubernetesVersion, image: string, seconds: string): string {
  return pulledTexts(version)(image)(seconds)
}

export function presentText(version: KubernetesVersion, image: string): string {
  const newer = since(version, 'kubeletShortTexts') ? ' and can be accessed by the pod' : ''
  return `Container image "${image}" already present on machine${newer}`
}

export function createdText(version: KubernetesVersion, container: string): string {
  if (since(version, 'kubeletShortTexts')) return 'Container created'
  return since(version, 'createdContainerColon') ? `Created container: ${container}` : `Created container ${container}`
}

export function startedText(version: KubernetesVersion, container: string): string {
  return since(version, 'kubeletShortTexts') ? 'Container started' : `Started container ${container}`
}

export function crashBackOffText(version: KubernetesVersion, container: string, pod: string): string {
  const named = since(version, 'backOffNamesContainer') ? ` ${container} in pod ${pod}` : ''
  return `Back-off restarting failed container${named}`
}
