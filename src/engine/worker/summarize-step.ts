import type { StepSummary } from '#protocol/messages.ts'
import type { Step } from '#scenario/format.ts'
import { describeAction } from '#scenario/play.ts'

/** One line that says what a step does, as the terminal shows it. */
export function summarizeStep(step: Step): StepSummary {
  if (step.run !== undefined) return { text: step.run }
  if (step.node) return { text: `# outside Kubernetes: ${describeAction(step.node)}` }
  if (step.brokenImages) return { text: `# from here on images containing ${step.brokenImages.join(', ')} cannot be pulled` }
  return { text: `# ${step.wait ?? 0} s pass` }
}
