import { defineFault } from './fault.ts'

const isTextList = (value: unknown): boolean => Array.isArray(value) && value.every((text) => typeof text === 'string')

/** `brokenImages: [broken]`: from here on containers whose image contains one of these never start. An empty list mends all. */
export const brokenImages = defineFault<readonly string[]>({
  name: 'brokenImages',
  check: (images) => (isTextList(images) ? undefined : 'brokenImages is a list of texts'),
  describe: (images) => (images.length ? `images containing ${images.join(', ')} cannot be pulled` : 'all images can be pulled'),
  run: (target, images) => target.setBrokenImages(images),
})

/** `crashingImages: {images: [crash], afterSeconds: 1}`: containers with such an image, when they start, end by themselves. */
export const crashingImages = defineFault<{ images: readonly string[]; afterSeconds?: number; exitCode?: number }>({
  name: 'crashingImages',
  check: ({ images }) => (isTextList(images) ? undefined : 'crashingImages.images is a list of texts'),
  describe: ({ images, afterSeconds = 1 }) =>
    images.length ? `containers whose image contains ${images.join(', ')} exit after ${afterSeconds} s` : 'no container exits by itself',
  run: (target, { images, afterSeconds = 1, exitCode = 1 }) => target.setCrashingImages({ images, afterSeconds, exitCode }),
})
