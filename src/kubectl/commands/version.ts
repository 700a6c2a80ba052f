import type { ApiClient, Running } from '#protocol/api-client.ts'
import { clientMinor } from '../client-version.ts'
import type { Verb } from '../command.ts'
import { CommandError } from '../error-text.ts'
import { toYaml } from '../output/yaml.ts'

const minorOf = (version: string): number => Number(version.split('.')[1])

/** The kustomize in kubectl 1.33 and later. */
const kustomizeVersions: Record<string, string> = { 33: 'v5.6.0', 34: 'v5.7.1', 35: 'v5.7.1' }

interface VersionInfo {
  major: string
  minor: string
  gitVersion: string
  platform: string
}

const info = (minor: number, patch: number): VersionInfo => ({
  major: '1',
  minor: String(minor),
  gitVersion: `v1.${minor}.${patch}`,
  platform: 'linux/amd64',
})

function versions({ version }: ApiClient): { client: VersionInfo; server: VersionInfo } {
  const minor = minorOf(version)
  return { client: info(clientMinor({ version }), 1), server: info(minor, minor === 23 ? 13 : 1) }
}

export const version: Verb = {
  name: 'version',
  summary: 'Print the versions of kubectl and of the cluster',
  flags: [
    { name: 'client', kind: 'bool', usage: 'Only that of kubectl' },
    { name: 'output', shorthand: 'o', kind: 'string', usage: 'yaml or json' },
  ],
  // biome-ignore lint/correctness/useYield: a verb is a generator
  *run(context, args): Running {
    if (args.operands.length > 0) throw new CommandError(`extra arguments: [${args.operands.join(' ')}]`)
    const output = args.string('output')
    if (!['', 'yaml', 'json'].includes(output)) throw new CommandError("--output must be 'yaml' or 'json'")
    const { client, server } = versions(context.client)
    const kustomizeVersion = kustomizeVersions[client.minor] ?? 'v5.8.1'
    const both = { clientVersion: client, kustomizeVersion, ...(args.bool('client') ? {} : { serverVersion: server }) }
    if (output === 'json') context.io.out(`${JSON.stringify(both, null, 2)}\n`)
    else if (output === 'yaml') context.io.out(`${toYaml(both)}\n`)
    else {
      context.io.out(`Client Version: ${client.gitVersion}\nKustomize Version: ${kustomizeVersion}\n`)
      if (!args.bool('client')) context.io.out(`Server Version: ${server.gitVersion}\n`)
    }
    if (!args.bool('client') && Math.abs(Number(client.minor) - Number(server.minor)) > 1) {
      const range = `client (1.${client.minor}) and server (1.${server.minor})`
      context.io.err(`WARNING: version difference between ${range} exceeds the supported minor version skew of +/-1\n`, 'aside')
    }
    return 0
  },
}
