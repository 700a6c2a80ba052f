import type { Running } from '#protocol/api-client.ts'
import type { Verb } from '../command.ts'
import { CommandError } from '../error-text.ts'

const noMetrics = (name: string, aliases: string[], summary: string): Verb => ({
  name,
  aliases,
  summary,
  flags: [
    { name: 'all-namespaces', shorthand: 'A', kind: 'bool' },
    { name: 'selector', shorthand: 'l', kind: 'string' },
    { name: 'containers', kind: 'bool' },
    { name: 'no-headers', kind: 'bool' },
    { name: 'sort-by', kind: 'string' },
  ],
  // biome-ignore lint/correctness/useYield: a verb is a generator
  *run(): Running {
    throw new CommandError('Metrics API not available')
  },
})

/** Nothing runs, so nothing can be measured: what a cluster without metrics server answers. */
export const top: Verb = {
  name: 'top',
  summary: 'Show how much cpu and memory is used (there are no metrics here)',
  flags: [],
  subcommands: [
    noMetrics('node', ['nodes', 'no'], 'Usage of nodes (not available)'),
    noMetrics('pod', ['pods', 'po'], 'Usage of pods (not available)'),
  ],
}
