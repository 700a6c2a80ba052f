import type { KubeNode } from '#k8s/types.ts'
import { since } from '#k8s/version.ts'
import type { NodeInfo } from '../node-info.ts'
import { maxNodeScore, type ScorePlugin } from './plugin.ts'

const mib = 1024 * 1024
const minThreshold = 23 * mib
const maxContainerThreshold = 1000 * mib

/** A name without tag means `:latest`. */
function normalizedImageName(name: string): string {
  return name.lastIndexOf(':') <= name.lastIndexOf('/') ? `${name}:latest` : name
}

type Images = NonNullable<KubeNode['status']['images']>

const noImages: Images = []
const sizesCache = new WeakMap<Images, ReadonlyMap<string, number>>()

function imageSizes({ node }: NodeInfo): ReadonlyMap<string, number> {
  const images = node.status.images ?? noImages
  let sizes = sizesCache.get(images)
  if (!sizes) {
    sizes = new Map(images.flatMap(({ names = [], sizeBytes }) => names.map((name) => [name, sizeBytes ?? 0])))
    sizesCache.set(images, sizes)
  }
  return sizes
}

/** Nodes that already have the (large, common) images are better. @source plugins/imagelocality; SCH-5.7 */
export const imageLocality: ScorePlugin = {
  name: 'ImageLocality',
  weight: 1,
  skips: ({ view }) => !view.traits().images,
  score: ({ pod, view }, nodes) => {
    const first = since(view.version, 'imagesOfInitContainersCount') ? (pod.spec.initContainers ?? []) : []
    const wanted = [...first, ...pod.spec.containers].map(({ image }) => normalizedImageName(image ?? ''))
    const all = view.nodes()
    const spread = new Map(wanted.map((image) => [image, all.filter((info) => imageSizes(info).has(image)).length / all.length]))
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
