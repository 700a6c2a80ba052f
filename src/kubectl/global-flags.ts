import { goDurationError } from '#k8s/duration.ts'
import { wholeNumberError } from './args.ts'
import { clientSince } from './client-version.ts'
import type { Flag, KubectlContext, Parsed } from './command.ts'
import { CommandError } from './error-text.ts'

/** A level of the log: decimal, of 32 bits. */
const levelError = (text: string): string | undefined => wholeNumberError(text, 32, /^[-+]?\d+$/)

/** @source k8s.io/klog moduleSpec.Set */
function vmoduleError(text: string): string | undefined {
  for (const pair of text.split(',').filter(Boolean)) {
    const [file, level, ...more] = pair.split('=')
    if (!file || !level || more.length > 0 || levelError(level)) return 'syntax error: expect comma-separated list of filename=N'
    if (Number(level) < 0) return 'negative value for vmodule level'
  }
  return undefined
}

const profiles = ['none', 'cpu', 'heap', 'goroutine', 'threadcreate', 'allocs', 'block', 'mutex']

/** Throws CommandError when no such profile can be taken, before the command begins. @source kubectl/pkg/cmd/profiling.go */
export function checkProfile(args: Parsed, { client }: Pick<KubectlContext, 'client'>): void {
  const name = args.string('profile')
  if (!profiles.includes(name) && !(name === 'trace' && clientSince(client, 'traceProfile'))) throw new CommandError(`unknown profile '${name}'`)
}

/** The flags that every kubectl command takes. Only `namespace` has an effect; the others are read and ignored. */
export const globalFlags: readonly Flag[] = [
  { name: 'namespace', shorthand: 'n', kind: 'string', usage: 'The namespace to work in' },
  { name: 'request-timeout', kind: 'string', default: '0', usage: 'How long to wait for one answer of the server' },
  { name: 'as', kind: 'string' },
  { name: 'as-group', kind: 'stringArray' },
  { name: 'as-uid', kind: 'string' },
  { name: 'as-user-extra', kind: 'stringArray', sinceMinor: 35 },
  { name: 'cache-dir', kind: 'string' },
  { name: 'certificate-authority', kind: 'string' },
  { name: 'client-certificate', kind: 'string' },
  { name: 'client-key', kind: 'string' },
  { name: 'cluster', kind: 'string' },
  { name: 'context', kind: 'string' },
  { name: 'disable-compression', kind: 'bool' },
  { name: 'insecure-skip-tls-verify', kind: 'bool' },
  { name: 'kubeconfig', kind: 'string' },
  { name: 'kuberc', kind: 'string', sinceMinor: 34 },
  { name: 'match-server-version', kind: 'bool' },
  { name: 'password', kind: 'string' },
  { name: 'profile', kind: 'string', default: 'none' },
  { name: 'profile-output', kind: 'string' },
  { name: 'server', shorthand: 's', kind: 'string' },
  { name: 'tls-server-name', kind: 'string' },
  { name: 'token', kind: 'string' },
  { name: 'user', kind: 'string' },
  { name: 'username', kind: 'string' },
  { name: 'v', shorthand: 'v', kind: 'int', refuse: levelError },
  { name: 'vmodule', kind: 'string', refuse: vmoduleError },
  { name: 'warnings-as-errors', kind: 'bool' },
  { name: 'log-flush-frequency', kind: 'duration', refuse: (text) => goDurationError(text) && 'parse error' },
]

/** `-h`, `--help`: prints the command's help instead of running it. */
export const helpFlag: Flag = { name: 'help', shorthand: 'h', kind: 'bool', usage: 'Help for this command' }
