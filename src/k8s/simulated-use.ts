import { fnv1a32 } from './hash.ts'
import { toMilli, toValue } from './quantity.ts'
import type { Container, Pod } from './types.ts'

/** What runs somewhere uses so much; of memory whole KiB, as it is measured by pages. */
export interface Use {
  cpuMillis: number
  memoryBytes: number
}

/** What a container uses; on disk, its log and what it wrote into its own layer. */
export interface ContainerUse extends Use {
  name: string
  diskBytes: number
}

const mebi = 1024 * 1024
/** What the kubelet and the system of a node use. */
const ofNode: Use = { cpuMillis: 90, memoryBytes: 420 * mebi }
/** What a container without requests uses at most. */
const unasked: Use = { cpuMillis: 8, memoryBytes: 48 * mebi }
/** What a container writes at most. */
const writtenKibi = 240

/** A share between 0.4 and 0.8 that belongs to the name, always the same. */
const shareOf = (name: string): number => 0.4 + (fnv1a32(name) % 1000) / 2500

/**
 * What the containers of a pod are said to use. Containers are simulated: each uses 40 to 80 % of what it requests, or a little where it
 * requests nothing, and nothing while it does not run. The same pod always uses the same.
 */
export function containerUses({ metadata, spec, status }: Pod): ContainerUse[] {
  const isRunning = new Set(status.containerStatuses?.flatMap(({ name, state }) => (state?.running ? [name] : [])))
  return spec.containers.flatMap(({ name, resources }: Container) => {
    if (!isRunning.has(name)) return []
    const share = shareOf(`${metadata.namespace}/${metadata.name}/${name}`)
    const { cpu, memory } = resources?.requests ?? {}
    const cpuMillis = Math.ceil(share * (cpu === undefined ? unasked.cpuMillis : toMilli(cpu)))
    const kibi = Math.ceil((share * (memory === undefined ? unasked.memoryBytes : toValue(memory))) / 1024)
    return [{ name, cpuMillis, memoryBytes: kibi * 1024, diskBytes: Math.ceil((share * writtenKibi) / 4) * 4096 }]
  })
}

export const sumOfUses = (uses: readonly Use[]): Use =>
  uses.reduce((sum, use) => ({ cpuMillis: sum.cpuMillis + use.cpuMillis, memoryBytes: sum.memoryBytes + use.memoryBytes }), {
    cpuMillis: 0,
    memoryBytes: 0,
  })

/** What a node with these pods uses. */
export const nodeUse = (pods: readonly Pod[]): Use => sumOfUses([ofNode, ...pods.flatMap(containerUses)])
