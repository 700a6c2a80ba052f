import type { Workload } from '#state/workload.ts'

const colours = 8

/** CSS colour of a workload by its number of appearance; the system's own (no number) are grey. */
export function workloadColour(number: number | undefined): string {
  return number === undefined ? 'var(--w-system)' : `var(--w${number % colours})`
}

/** Two letters: the initials of a name of several words, else its beginning (`node-agent` → `na`, `web` → `we`). */
export function workloadLetters(name: string): string {
  const words = name.split(/[-.]/).filter((word) => word !== '')
  const [first = '', second = ''] = words
  return (second === '' || /^\d/.test(second) ? first.slice(0, 2) : `${first[0]}${second[0]}`).toLowerCase()
}

/** `DaemonSet node-agent` */
export function workloadText(workload: Workload): string {
  return `${workload.kind} ${workload.name}`
}
