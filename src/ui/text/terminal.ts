/** What the terminal says itself; what commands print comes from kubectl and the shell. */
export const terminalText = {
  label: 'Terminal',
  input: 'Command',
  welcome: 'kubectl works here, against the simulated cluster. Begin with one of these, or type your own; Tab completes.',
  first: ['kubectl get nodes', 'kubectl get pods -A -o wide', 'kubectl explain ds.spec.updateStrategy', 'help'],
  interrupt: 'Stop (Ctrl+C)',
  running: 'running…',
  queued: (line: string) => `next: ${line}`,
  paused: 'This command waits for the cluster, and the cluster’s clock is paused.',
  completions: (count: number) => `${count} completions`,
  more: (count: number) => `and ${count} more`,
  searching: (text: string) => `search: ${text}`,
  notFound: (text: string) => `search: nothing else with ${text}`,
  error: 'error output:',
  by: { click: 'by a click', scenario: 'by the scenario' },
  gone: (what: string) => `${what} is no longer there.`,
  lit: (what: string, nodes: number) =>
    nodes === 0 ? `${what} has no pods on any node.` : `${what}: the ${nodes === 1 ? 'node' : `${nodes} nodes`} with its pods light up.`,
} as const
