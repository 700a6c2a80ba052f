import { isKubernetesVersion, type KubernetesVersion } from '#k8s/version.ts'

/** What the address of an embed says. */
export interface EmbedParameters {
  /** `scenario=<id>`: what is opened; undefined = the default cluster. */
  scenario: string | undefined
  /** `version=1.23`: the cluster's Kubernetes; undefined = as the scenario says, or the newest. */
  version: KubernetesVersion | undefined
  /** `theme=light|dark`: undefined = as the reader's system. */
  theme: 'light' | 'dark' | undefined
  /** `start=click`: waits for a click instead of starting when it comes into view. */
  startOnClick: boolean
  /** `terminal=0`: without the terminal. */
  terminal: boolean
  /** `play=all`: plays the scenario's steps by itself. */
  playAll: boolean
}

/** Unknown parameters and values are ignored. */
export function readParameters(search: string): EmbedParameters {
  const query = new URLSearchParams(search)
  const theme = query.get('theme')
  const version = query.get('version') ?? ''
  return {
    scenario: query.get('scenario') || undefined,
    version: isKubernetesVersion(version) ? version : undefined,
    theme: theme === 'light' || theme === 'dark' ? theme : undefined,
    startOnClick: query.get('start') === 'click',
    terminal: query.get('terminal') !== '0',
    playAll: query.get('play') === 'all',
  }
}
