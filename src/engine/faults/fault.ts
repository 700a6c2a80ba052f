import type { ControlPlaneApi, Plain } from '../component.ts'
import type { PressedResource } from '../kubelet/eviction-message.ts'
import type { CrashingImages, MachineSpec, NodeTrouble } from '../kubelet/fleet.ts'
import type { ProbeKind } from '../kubelet/probe-time.ts'

/** What a check may look at. */
export type FaultView = Pick<ControlPlaneApi, 'node' | 'get'>

/** What can be done to machines and kubelets from outside Kubernetes. */
export interface FaultTarget {
  addMachine(machine: MachineSpec): void
  stopKubelet(nodeName: string): void
  startKubelet(nodeName: string): void
  removeMachine(nodeName: string): void
  rebootMachine(nodeName: string): void
  setTroubles(nodeName: string, set: Partial<Record<NodeTrouble, boolean>>): void
  evictOne(nodeName: string, resource: PressedResource): void
  isNameTaken(nodeName: string): boolean
  failPods(nodeName: string, app: string, reason: string, message: string): void
  setBrokenImages(images: readonly string[]): void
  setCrashingImages(crashing: CrashingImages): void
  exitContainer(namespace: string, pod: string, container: string | undefined, exitCode: number, reason: string | undefined): void
  setProbeFails(namespace: string, pod: string, container: string | undefined, probe: ProbeKind, fails: boolean, hangs: boolean): void
}

/** One kind of fault. A fault travels as `{[name]: args}`, the `node:` steps of the scenario format word for word. */
export interface FaultDefinition<Args = never> {
  readonly name: string
  /** What is wrong with the arguments, in one sentence for people; undefined = nothing. */
  check(args: Args, api: FaultView): string | undefined
  /** What happens, in one line. */
  describe(args: Args): string
  run(target: FaultTarget, args: Args): void
}

export function defineFault<Args>(definition: FaultDefinition<Args>): FaultDefinition<Plain> {
  return definition as unknown as FaultDefinition<Plain>
}

/** Refuses a node that does not exist. */
export function missingNode(api: FaultView, name: string | undefined): string | undefined {
  return name !== undefined && api.node(name) ? undefined : `there is no node ${name ?? ''}`.trim()
}
