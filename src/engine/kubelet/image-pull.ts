import { formatGoDuration } from '#k8s/duration.ts'
import type { Container, Pod } from '#k8s/types.ts'
import { since } from '#k8s/version.ts'
import { extend } from '#sim/extend.ts'
import { rememberLast } from '#sim/remember-last.ts'
import { putStatus, statusOf } from './container-status.ts'
import { pulledText } from './event-texts.ts'
import { type Fleet, recordPod, updateAgent } from './fleet.ts'
import { firstWaitMs, forgetMs, maxWaitMs } from './pod-waits.ts'
import { setTask } from './pod-worker.ts'
import type { PodWorker } from './worker-state.ts'

/** How long ErrImagePull is shown before ImagePullBackOff (KL-6.4). */
const errorShownMs = 1000

/** `IfNotPresent` unless the tag is `latest` or missing (KL-1.4). */
export function pullPolicyOf({ image = '', imagePullPolicy }: Container): string {
  if (imagePullPolicy) return imagePullPolicy
  const tag = /:([^/]+)$/.exec(image)?.[1]
  return (tag === undefined || tag === 'latest') && !image.includes('@') ? 'Always' : 'IfNotPresent'
}

export function isBroken({ ctx }: Fleet, image: string): boolean {
  return ctx.state.brokenImages.some((text) => image.includes(text))
}

const containerPath = rememberLast((name: string) => `spec.containers{${name}}`)
const initContainerPath = rememberLast((name: string) => `spec.initContainers{${name}}`)

/** Field path of a container in event references (KL-1.3). */
export function fieldPathOf(pod: Pod, name: string): string {
  return pod.spec.initContainers?.some((c) => c.name === name) ? initContainerPath(name) : containerPath(name)
}

function setWaiting(worker: PodWorker, name: string, reason: string, message: string): void {
  const status = statusOf(worker, name)
  if (status) putStatus(worker, extend(status, { state: { waiting: { reason, message } } }))
  worker.changed = true
}

function pullError(image: string): string {
  const reference = image.includes('/') ? image : `docker.io/library/${image}`
  return `failed to pull and unpack image "${reference}": failed to resolve reference "${reference}": ${reference}: not found`
}

const fullError = (image: string) => `rpc error: code = NotFound desc = ${pullError(image)}`

/** All pulls of a cluster take the same time. */
const durationText = rememberLast(formatGoDuration)

/** Nodes that pull the same images one after the other have one list of them. */
const withImage = rememberLast((images: readonly string[]) => rememberLast((image: string): readonly string[] => Object.freeze([...images, image])))

/** A pull has ended well: the node has the image now. */
export function pullSucceeded(fleet: Fleet, worker: PodWorker, pod: Pod, container: Container): void {
  const { image = '', name } = container
  const images = fleet.ctx.state.agents.get(worker.node)?.images ?? []
  if (!images.includes(image)) updateAgent(fleet, worker.node, { images: withImage(images)(image) })
  recordPod(fleet, pod, 'Normal', 'Pulled', pulledText(fleet.ctx.version, image, durationText(fleet.profile.pullMs)), fieldPathOf(pod, name))
}

/** A pull has failed: the error for a moment, then back-off, then another attempt (KL-6.1). A stand-in only waits. */
export function pullFailed(fleet: Fleet, worker: PodWorker, pod: Pod, container: Container): void {
  const { image = '', name } = container
  if (!fleet.profile.talks) {
    setWaiting(worker, name, 'ImagePullBackOff', `Back-off pulling image "${image}"`)
    return
  }
  const path = fieldPathOf(pod, name)
  setWaiting(worker, name, 'ErrImagePull', fullError(image))
  recordPod(fleet, pod, 'Warning', 'Failed', `Failed to pull image "${image}": ${fullError(image)}`, path)
  recordPod(fleet, pod, 'Warning', 'Failed', 'Error: ErrImagePull', path)
  const now = fleet.ctx.now()
  const before = worker.pullBackOffs[image]
  const waitMs = before && now - before.decidedMs <= forgetMs ? Math.min(before.waitMs * 2, maxWaitMs) : firstWaitMs
  worker.pullBackOffs[image] = { waitMs, decidedMs: now }
  setTask(fleet, worker, errorShownMs, 'pullBackOff', name)
  setTask(fleet, worker, waitMs, 'pullAgain', name)
}

/** How long the image is not to be pulled yet for this pod, ms; 0 = it may be. */
export function pullBackOffMs({ ctx }: Fleet, worker: PodWorker, image: string): number {
  const backOff = worker.pullBackOffs[image]
  return backOff ? Math.max(0, backOff.decidedMs + backOff.waitMs - ctx.now()) : 0
}

/** The image failed a moment ago: nobody tries yet. */
export function waitForPull(fleet: Fleet, worker: PodWorker, pod: Pod, container: Container): void {
  showPullBackOff(fleet, worker, pod, container)
  setTask(fleet, worker, pullBackOffMs(fleet, worker, container.image ?? ''), 'pullAgain', container.name)
}

export function showPullBackOff(fleet: Fleet, worker: PodWorker, pod: Pod, container: Container): void {
  const { image = '', name } = container
  const path = fieldPathOf(pod, name)
  const text = `Back-off pulling image "${image}"`
  const detail = since(fleet.ctx.version, 'pullBackOffNamesError') ? `: ErrImagePull: ${fullError(image)}` : ''
  setWaiting(worker, name, 'ImagePullBackOff', text + detail)
  recordPod(fleet, pod, 'Normal', 'BackOff', text, path)
  recordPod(fleet, pod, 'Warning', 'Failed', 'Error: ImagePullBackOff', path)
}

const component = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*'
const reference = new RegExp(`^(?:[\\w.-]+(?::\\d+)?/)?${component}(?:/${component})*(?::\\w[\\w.-]{0,127})?(?:@[a-z0-9+._-]+:[0-9a-f]{32,})?$`)

/** Whether a container runtime can read this image name. */
export function isImageName(image: string): boolean {
  return reference.test(image)
}

/** The image's name cannot be read: nobody even tries to pull it (KL-4.2). */
export function refuseImageName(fleet: Fleet, worker: PodWorker, pod: Pod, { image = '', name }: Container): void {
  const isUpper = isImageName(image.toLowerCase())
  const problem = `invalid reference format${isUpper ? ': repository name must be lowercase' : ''}`
  const message = `Failed to apply default image tag "${image}": couldn't parse image name "${image}": ${problem}`
  setWaiting(worker, name, 'InvalidImageName', message)
  recordPod(fleet, pod, 'Warning', 'InspectFailed', message, fieldPathOf(pod, name))
  recordPod(fleet, pod, 'Warning', 'Failed', 'Error: InvalidImageName', fieldPathOf(pod, name))
}

/** The node lacks the image and the pod forbids pulling it. */
export function neverPull(fleet: Fleet, worker: PodWorker, pod: Pod, container: Container): void {
  const { image = '', name } = container
  const message = `Container image "${image}" is not present with pull policy of Never`
  setWaiting(worker, name, 'ErrImageNeverPull', message)
  recordPod(fleet, pod, 'Warning', 'ErrImageNeverPull', message, fieldPathOf(pod, name))
  recordPod(fleet, pod, 'Warning', 'Failed', 'Error: ErrImageNeverPull', fieldPathOf(pod, name))
}
