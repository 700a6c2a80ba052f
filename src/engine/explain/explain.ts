import type { Explanation, Question } from '#protocol/explain.ts'
import type { Cluster } from '../cluster.ts'
import { explainGhost } from './explain-ghost.ts'
import { explainNode } from './explain-node.ts'
import { explainNumber } from './explain-number.ts'
import { explainPod } from './explain-pod.ts'
import { explainRollout } from './explain-rollout.ts'

/** Answers a question of the page from the rules that decided. A question about something that is gone says so. */
export function explain(cluster: Cluster, question: Question): Explanation {
  if (question.about === 'ghost') return explainGhost(cluster, question)
  if (question.about === 'pod') return explainPod(cluster, question)
  if (question.about === 'node') return explainNode(cluster, question)
  if (question.about === 'rollout') return explainRollout(cluster, question)
  return explainNumber(cluster, question)
}
