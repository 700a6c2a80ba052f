import type { ComparedPart } from '#protocol/compare.ts'

/** The strings of the comparison of two versions. They load with it. */
export const compareText = {
  title: 'Compare two versions',
  hint: 'Plays a scenario to its end twice, on two clusters of its own that differ only in their Kubernetes version. Your cluster is not touched.',
  scenario: 'Scenario',
  optionOf: (title: string, id: string) => `${title} (${id})`,
  left: 'First version',
  right: 'Second version',
  run: 'Compare',
  running: 'Playing it twice…',
  stop: 'Stop',
  what: (title: string, a: string, b: string) => `${title}: ${a} against ${b}`,
  summary: (differing: number, total: number) => `${differing} of ${total} steps differ`,
  same: 'Both versions do the same in every step.',
  sameHint: 'Names, ages and addresses are left out of the comparison. Another scenario may touch what changed between the two.',
  sameStep: 'same',
  version: (version: string) => `Kubernetes ${version}`,
  steps: 'Steps',
  none: 'nothing',
  part: 'Part',
  parts: {
    stdout: 'Output',
    stderr: 'Errors',
    exit: 'Exit status',
    daemonSets: 'DaemonSet status',
    pods: 'Pods',
    nodes: 'Nodes',
    revisions: 'Revisions',
    workloads: 'Other workloads',
    events: 'Events',
  } satisfies Record<ComparedPart, string>,
  changes: (count: number, a: string, b: string) =>
    count === 1 ? `1 behaviour changed between ${a} and ${b}` : `${count} behaviours changed between ${a} and ${b}`,
  since: (version: string) => `Since ${version}`,
} as const
