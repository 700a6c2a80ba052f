import type { Plain } from '../component.ts'
import { addMachine } from './add-machine.ts'
import type { FaultDefinition, FaultTarget, FaultView } from './fault.ts'
import { brokenImages, crashingImages } from './image-faults.ts'
import { failNode, rebootNode, recoverNode, removeNode, setNodeCondition } from './kubelet-faults.ts'
import { crashContainer, evictPod, podFails } from './pod-faults.ts'
import { probeFails } from './probe-faults.ts'

/** Everything that can be done to the cluster from outside Kubernetes. */
export const faults: readonly FaultDefinition<Plain>[] = [
  addMachine,
  failNode,
  recoverNode,
  removeNode,
  rebootNode,
  setNodeCondition,
  podFails,
  evictPod,
  crashContainer,
  probeFails,
  brokenImages,
  crashingImages,
]

const byName = new Map(faults.map((fault) => [fault.name, fault]))

function entriesOf(fault: Plain): [name: string, args: Plain][] {
  return typeof fault === 'object' && fault !== null && !Array.isArray(fault) ? Object.entries(fault as { [key: string]: Plain }) : []
}

/** Why this fault cannot happen, in one sentence; undefined = it can. */
export function checkFault(fault: Plain, api: FaultView): string | undefined {
  const entries = entriesOf(fault)
  if (entries.length === 0) return 'this is no fault'
  for (const [name, args] of entries) {
    const definition = byName.get(name)
    if (!definition) return `there is no fault ${name}; one of ${faults.map((f) => f.name).join(', ')}`
    const wrong = definition.check(args, api)
    if (wrong !== undefined) return wrong
  }
  return undefined
}

/** Lets a fault `{[name]: args}` happen. Unknown names are ignored: `checkFault` is for refusing. */
export function runFault(target: FaultTarget, fault: Plain): void {
  for (const [name, args] of entriesOf(fault)) byName.get(name)?.run(target, args)
}

/** What a fault does, in one line for the journal and the terminal. */
export function describeFault(fault: Plain): string {
  return entriesOf(fault)
    .map(([name, args]) => byName.get(name)?.describe(args) ?? name)
    .join('; ')
}
