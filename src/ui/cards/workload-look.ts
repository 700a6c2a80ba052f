import type { Workload } from '#state/workload.ts'

const colours = 8

/** CSS colour of a workload by its number of appearance; the system's own (no number) are grey. */
export function workloadColour(number: number | undefined): string {
  return number === undefined ? 'var(--w-system)' : `var(--w${number % colours})`
}

/** Two letters: the initials of a name of several words, else its beginning (`node-agent` → `na`, `web` → `we`). */
function usualLetters(name: string): string {
  const [first = '', second = ''] = name.split(/[-.]/).filter((word) => word !== '')
  return (second === '' || /^\d/.test(second) ? first.slice(0, 2) : `${first[0]}${second[0]}`).toLowerCase()
}

const given = new WeakMap<ReadonlyMap<string, number>, ReadonlyMap<string, string>>()

/** Its usual letters, or its first and another when a workload before it has those. */
function giveLetters(numbers: ReadonlyMap<string, number>): ReadonlyMap<string, string> {
  const letters = new Map<string, string>()
  const taken = new Set<string>()
  for (const key of numbers.keys()) {
    const name = key.replace(/^.*\//, '')
    const usual = usualLetters(name)
    const others = [...name.slice(1).replace(/[-.]/g, '')].map((letter) => name[0] + letter)
    const free = [usual, ...others].find((pair) => !taken.has(pair)) ?? usual
    taken.add(free)
    letters.set(key, free)
  }
  return letters
}

/** The two letters of a workload among all that have a number of appearance: no other's, as long as its name has some. */
export function workloadLetters(key: string, numbers: ReadonlyMap<string, number>): string {
  const letters = given.get(numbers) ?? giveLetters(numbers)
  given.set(numbers, letters)
  return letters.get(key) ?? usualLetters(key.replace(/^.*\//, ''))
}

/** `DaemonSet node-agent` */
export function workloadText(workload: Workload): string {
  return `${workload.kind} ${workload.name}`
}
