import type { KubernetesVersion } from '../version.ts'

/** What `/version` answers: the version whose behaviour the cluster has. */
export function versionInfo(version: KubernetesVersion): object {
  const [major, minor] = version.split('.')
  return {
    major,
    minor,
    gitVersion: `v${version}.${version === '1.23' ? 13 : 1}`,
    gitCommit: '',
    gitTreeState: '',
    buildDate: '1970-01-01T00:00:00Z',
    goVersion: '',
    compiler: '',
    platform: 'linux/amd64',
  }
}
