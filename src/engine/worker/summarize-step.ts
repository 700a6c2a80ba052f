import type { StepSummary } from '#protocol/messages.ts'
import type { Step } from '#scenario/format.ts'
import { describeAction } from '#scenario/play.ts'

/** `DaemonSet agent`, for each document that says so in the usual way. */
function namedIn(text: string): string {
  const names = text.split(/^---$/m).flatMap((document) => {
    const kind = /^kind: *(\w+) *$/m.exec(document)?.[1]
    const name = /^metadata: *(?:\{[^}]*?\bname: *|\n(?: +.*\n)*? +name: *)([\w.-]+)/m.exec(document)?.[1]
    return kind && name ? [`${kind} ${name}`] : []
  })
  return names.join(', ')
}

/** One line that says what a step does, as the terminal shows it. */
export function summarizeStep(step: Step): StepSummary {
  if (step.run !== undefined) {
    const named = namedIn(step.stdin ?? '')
    return { text: named ? `${step.run}  # ${named}` : step.run }
  }
  if (step.node) return { text: `# outside Kubernetes: ${describeAction(step.node)}` }
  if (step.brokenImages) return { text: `# from here on images containing ${step.brokenImages.join(', ')} cannot be pulled` }
  return { text: `# ${step.wait ?? 0} s pass` }
}
