/**
 * Making room for a pod of higher priority (DefaultPreemption). Not modelled: PodDisruptionBudgets (no such kind here), the random offset at
 * which the real search starts, and that 1.33 and later evict in the background; none of it is visible with the clusters shown here.
 */
import { podCondition } from '#k8s/pod.ts'
import type { Pod } from '#k8s/types.ts'
import { since } from '#k8s/version.ts'
import type { Cycle } from './cycle.ts'
import type { Diagnosis } from './diagnosis.ts'
import { podPriority } from './memory.ts'
import { noCandidatesMessage, preemptionTexts } from './messages.ts'
import type { NodeInfo } from './node-info.ts'
import { pickOneNodeForPreemption, selectVictimsOnNode } from './victims.ts'

/** `nominated`: victims must go from that node. `ineligible`: nothing changes. `hopeless`: an earlier nomination is taken back. */
export type Preemption =
  | { readonly kind: 'nominated'; readonly node: string; readonly victims: readonly Pod[] }
  | { readonly kind: 'ineligible' | 'hopeless'; readonly message: string }

const minCandidates = 100
const candidatePercentage = 10

/** Terminating because of the scheduler's own preemption. */
function terminatingByPreemption(pod: Pod): boolean {
  const condition = podCondition(pod, 'DisruptionTarget')
  return condition?.status === 'True' && condition.reason === 'PreemptionByScheduler'
}

/** Why the pod may not preempt (again); undefined when it may. @source PodEligibleToPreemptOthers; SCH-8.1 */
function whyNotEligible({ pod, view }: Cycle, diagnosis: Diagnosis): string | undefined {
  if (pod.spec.preemptionPolicy === 'Never') return preemptionTexts.never
  const nominated = pod.status?.nominatedNodeName
  if (!nominated || diagnosis.failures.get(nominated)?.resolvable === false) return undefined
  const onlyOwn = since(view.version, 'disruptionConditions')
  const waits = view
    .node(nominated)
    ?.pods.some((p) => podPriority(p) < podPriority(pod) && p.metadata.deletionTimestamp && (!onlyOwn || terminatingByPreemption(p)))
  return waits ? preemptionTexts.terminating : undefined
}

function potentialNodes({ view }: Cycle, diagnosis: Diagnosis, unseen: number): NodeInfo[] {
  if (unseen > 0) return view.nodes().filter(({ name }) => diagnosis.failures.get(name)?.resolvable !== false)
  const nodes: NodeInfo[] = []
  for (const [name, failure] of diagnosis.failures) {
    const info = failure.resolvable ? view.node(name) : undefined
    if (info) nodes.push(info)
  }
  return nodes
}

/**
 * What preemption finds for a pod that fits nowhere. Nothing is written here.
 * @source pkg/scheduler/framework/preemption Evaluator.Preempt; SCH-8.1 to SCH-8.3, SCH-6.7
 */
export function findPreemption(cycle: Cycle, diagnosis: Diagnosis): Preemption {
  const message = whyNotEligible(cycle, diagnosis)
  if (message) return { kind: 'ineligible', message }

  const { nodeCount, failures, others } = diagnosis
  const unseen = nodeCount - failures.size - others.reduce((sum, { count }) => sum + count, 0)
  const counts = new Map<string, number>()
  const add = (reason: string, count: number) => {
    if (count > 0) counts.set(reason, (counts.get(reason) ?? 0) + count)
  }
  const resolvable = [...failures.values()].filter((failure) => failure.resolvable).length
  add(preemptionTexts.notHelpful, nodeCount - resolvable - unseen)

  if (!cycle.view.hasLowerPriority(podPriority(cycle.pod))) add(preemptionTexts.noVictims, resolvable + unseen)
  else {
    const nodes = potentialNodes(cycle, diagnosis, unseen)
    const enough = Math.max(minCandidates, Math.trunc((nodes.length * candidatePercentage) / 100))
    const candidates: { info: NodeInfo; victims: readonly Pod[] }[] = []
    for (const info of nodes) {
      const found = selectVictimsOnNode(cycle, info)
      if ('info' in found) candidates.push(found)
      else for (const reason of found.reasons) add(reason, 1)
      if (candidates.length >= enough) break
    }
    const best = pickOneNodeForPreemption(candidates)
    if (best) return { kind: 'nominated', node: best.info.name, victims: best.victims }
  }
  return { kind: 'hopeless', message: noCandidatesMessage(nodeCount, counts) }
}
