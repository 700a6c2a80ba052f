import { stringify } from 'yaml'
import type { Scenario } from './format.ts'

/** A scenario as the text of a scenario file; `readScenario` gives the same scenario back. `remarks` stand above it as comments. */
export function writeScenario({ id, title, version, nodes, steps }: Scenario, remarks: readonly string[] = []): string {
  const body = stringify({ id, title, ...(version !== undefined && { version }), nodes, steps }, { lineWidth: 0, aliasDuplicateObjects: false })
  return `${remarks.map((line) => `# ${line}\n`).join('')}${body}`
}
