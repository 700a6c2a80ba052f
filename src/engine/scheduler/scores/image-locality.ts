import type { NodeInfo } from '../node-info.ts'
import { maxNodeScore, type ScorePlugin } from './plugin.ts'

const mib = 1024 * 1024
const minThreshold = 23 * mib
const maxContainerThreshold = 1000 * mib

/** A name without tag means `:latest`. */
function normalizedImageName(name: string): string {
  return name.lastIndexOf(':') <= name.lastIndexOf('/') ? `${name}:latest` : name
}

function imageSizes({ node }: NodeInfo): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>()
  for (const { names, sizeBytes } of node.status.images ?? []) for (const name of names) sizes.set(name, sizeBytes ?? 0)
  return sizes
}

/** Nodes that already have the (large, common) images are better. @source plugins/imagelocality; SCH-5.7 */
export const imageLocality: ScorePlugin = {
  name: 'ImageLocality',
  weight: 1,
  score: ({ pod, view }, nodes) => {
    if (!nodes.some(({ node }) => node.status.images?.length)) return undefined
    const wanted = [...(pod.spec.initContainers ?? []), ...pod.spec.containers].map(({ image }) => normalizedImageName(image ?? ''))
    const all = view.nodes().map(imageSizes)
    const spread = new Map(wanted.map((image) => [image, all.filter((sizes) => sizes.has(image)).length / all.length]))
    const maxThreshold = maxContainerThreshold * wanted.length
    return nodes.map((info) => {
      const sizes = imageSizes(info)
      let sum = 0
      for (const image of wanted) sum += Math.trunc((sizes.get(image) ?? 0) * (spread.get(image) ?? 0))
      const clamped = Math.min(Math.max(sum, minThreshold), maxThreshold)
      return Math.floor((maxNodeScore * (clamped - minThreshold)) / (maxThreshold - minThreshold))
    })
  },
}
