import type { Container, PodSpec } from './types.ts'

/** Whether an init container goes on running beside those that follow it. */
export const isSidecar = ({ restartPolicy }: Pick<Container, 'restartPolicy'>): boolean => restartPolicy === 'Always'

const none: readonly Container[] = []

export const sidecarsOf = ({ initContainers }: PodSpec): readonly Container[] => initContainers?.filter(isSidecar) ?? none
