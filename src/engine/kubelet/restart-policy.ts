import { isSidecar } from '#k8s/sidecar.ts'
import type { Container, PodSpec } from '#k8s/types.ts'

/** An init container that has to end before the next container starts. */
export const isInitStep = (spec: PodSpec, container: Container): boolean =>
  (spec.initContainers?.includes(container) ?? false) && !isSidecar(container)

/** What holds for a container: its own policy, else its pod's. */
const policyOf = (spec: PodSpec, container: Container): string => container.restartPolicy ?? spec.restartPolicy ?? 'Always'

/** Whether a container is started again after its kubelet killed it. */
export function isRestartedAfterKill(spec: PodSpec, container: Container): boolean {
  return policyOf(spec, container) !== 'Never'
}

/**
 * Whether a container that ended with this code is started again (KL-5.9): by the first of its rules that speaks of the code, else by its policy.
 * Not modelled: RestartAllContainers restarts the one container.
 * @source pkg/api/v1/pod/util.go ContainerShouldRestart
 */
export function isRestarted(spec: PodSpec, container: Container, exitCode: number): boolean {
  if (exitCode === 0 && isInitStep(spec, container)) return false
  const applies = container.restartPolicyRules?.some(
    ({ exitCodes }) => exitCodes && (exitCodes.values ?? []).includes(exitCode) === (exitCodes.operator === 'In'),
  )
  const policy = policyOf(spec, container)
  return applies || policy === 'Always' || (policy === 'OnFailure' && exitCode !== 0)
}
