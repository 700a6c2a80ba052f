import type { StepSummary } from '#protocol/messages.ts'
import type { Step } from '#scenario/format.ts'
import { describeAction } from '#scenario/play.ts'

/** Kind and name of each document that says so in the usual way, and be it no YAML: a manifest that will be refused is named, too. */
function objectsIn(text: string): { kind: string; name: string }[] {
  return text.split(/^---$/m).flatMap((document) => {
    const kind = /^kind: *(\w+) *$/m.exec(document)?.[1]
    const name = /^metadata: *(?:\{[^}]*?\bname: *|\n(?: +.*\n)*? +name: *)([\w.-]+)/m.exec(document)?.[1]
    return kind && name ? [{ kind, name }] : []
  })
}

/** One line that says what a step does, as the terminal shows it, and what its command is given to read. */
export function summarizeStep(step: Step): StepSummary {
  if (step.run !== undefined) {
    const { run, stdin = '' } = step
    const objects = objectsIn(stdin)
    const [first] = objects
    if (!first) return { text: run }
    return { text: `${run}  # ${objects.map(({ kind, name }) => `${kind} ${name}`).join(', ')}`, manifest: { name: first.name, text: stdin } }
  }
  if (step.node) return { text: `# outside Kubernetes: ${describeAction(step.node)}` }
  if (step.brokenImages) return { text: `# from here on images containing ${step.brokenImages.join(', ')} cannot be pulled` }
  return { text: `# ${step.wait ?? 0} s pass` }
}
