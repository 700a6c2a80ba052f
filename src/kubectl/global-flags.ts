import type { Flag } from './command.ts'

/** The flags that every kubectl command takes. Only `namespace` has an effect; the others are read and ignored. */
export const globalFlags: readonly Flag[] = [
  { name: 'namespace', shorthand: 'n', kind: 'string', usage: 'The namespace to work in' },
  { name: 'request-timeout', kind: 'string', default: '0', usage: 'How long to wait for one answer of the server' },
  { name: 'as', kind: 'string' },
  { name: 'as-group', kind: 'stringArray' },
  { name: 'as-uid', kind: 'string' },
  { name: 'cache-dir', kind: 'string' },
  { name: 'certificate-authority', kind: 'string' },
  { name: 'client-certificate', kind: 'string' },
  { name: 'client-key', kind: 'string' },
  { name: 'cluster', kind: 'string' },
  { name: 'context', kind: 'string' },
  { name: 'disable-compression', kind: 'bool' },
  { name: 'insecure-skip-tls-verify', kind: 'bool' },
  { name: 'kubeconfig', kind: 'string' },
  { name: 'match-server-version', kind: 'bool' },
  { name: 'password', kind: 'string' },
  { name: 'profile', kind: 'string' },
  { name: 'profile-output', kind: 'string' },
  { name: 'server', shorthand: 's', kind: 'string' },
  { name: 'tls-server-name', kind: 'string' },
  { name: 'token', kind: 'string' },
  { name: 'user', kind: 'string' },
  { name: 'username', kind: 'string' },
  { name: 'v', shorthand: 'v', kind: 'int' },
  { name: 'vmodule', kind: 'string' },
  { name: 'warnings-as-errors', kind: 'bool' },
  { name: 'log-flush-frequency', kind: 'duration' },
]

/** `-h`, `--help`: prints the command's help instead of running it. */
export const helpFlag: Flag = { name: 'help', shorthand: 'h', kind: 'bool', usage: 'Help for this command' }
