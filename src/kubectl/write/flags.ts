import type { Flag, Parsed } from '../command.ts'
import { CommandError } from '../error-text.ts'

/** `-f`, `-k`, `-R` of the verbs that take files. */
export const filenameFlags: readonly Flag[] = [
  { name: 'filename', shorthand: 'f', kind: 'stringSlice', default: '', usage: 'Document to read, or - for what is piped in' },
  { name: 'kustomize', shorthand: 'k', kind: 'string', usage: 'A folder with a kustomization; the playground has no folders' },
  { name: 'recursive', shorthand: 'R', kind: 'bool', usage: 'No effect: there are no folders' },
]

/** Of the verbs that have no -k. */
export const filesOnlyFlags: readonly Flag[] = filenameFlags.filter(({ name }) => name !== 'kustomize')

export const outputFlags: readonly Flag[] = [
  { name: 'output', shorthand: 'o', kind: 'string', usage: 'What to print about the result: name, json, yaml, jsonpath=…, go-template=…' },
  { name: 'template', kind: 'string', usage: 'The template of -o go-template' },
  { name: 'show-managed-fields', kind: 'bool', usage: 'Keep managedFields in JSON and YAML' },
  { name: 'allow-missing-template-keys', kind: 'bool', default: 'true', usage: 'Missing fields print nothing in templates' },
]

export const dryRunFlag: Flag = {
  name: 'dry-run',
  kind: 'string',
  default: 'none',
  noOptDefault: 'unchanged',
  usage: 'none, client (only print what would be sent) or server (send it, but keep nothing)',
}

export const validateFlag: Flag = {
  name: 'validate',
  kind: 'string',
  default: 'strict',
  noOptDefault: 'strict',
  usage: 'What to do about unknown fields: strict (refuse), warn, ignore',
}

export const selectorFlag: Flag = { name: 'selector', shorthand: 'l', kind: 'string', usage: 'Only objects whose labels match' }
export const fieldSelectorFlag: Flag = { name: 'field-selector', kind: 'string', usage: 'Only objects whose fields match' }
export const allFlag: Flag = { name: 'all', kind: 'bool', usage: 'All objects of the type in the namespace' }
export const allNamespacesFlag: Flag = { name: 'all-namespaces', shorthand: 'A', kind: 'bool', usage: 'In all namespaces' }
export const localFlag: Flag = { name: 'local', kind: 'bool', usage: 'Only change the document that is read, not the cluster' }
export const fieldManagerFlag = (manager: string): Flag => ({
  name: 'field-manager',
  kind: 'string',
  default: manager,
  usage: 'Who owns what is written',
})
export const recordFlag: Flag = {
  name: 'record',
  kind: 'bool',
  deprecated: '--record will be removed in the future',
  usage: 'Keep the command as kubernetes.io/change-cause (deprecated)',
}
export const saveConfigFlag: Flag = { name: 'save-config', kind: 'bool', usage: 'Keep the configuration in the annotation that apply uses' }

/** Throws what cobra says about flags that must be given. */
export function requireFlags(args: Parsed, ...names: string[]): void {
  const missing = names.filter((n) => !args.has(n))
  if (missing.length) throw new CommandError(`required flag(s) ${missing.map((n) => JSON.stringify(n)).join(', ')} not set`)
}

/** @source cli-runtime/pkg/resource LocalResourceError */
export function requireFilesIfLocal(args: Parsed, resources: readonly string[]): void {
  if (args.bool('local') && resources.length > 0)
    throw new CommandError(
      "you must specify resources by --filename when --local is set.\nExample resource specifications include:\n   '-f rsrc.yaml'\n   '--filename=rsrc.json'",
    )
}

export const hasFiles = (args: Parsed): boolean => args.list('filename').some(Boolean) || Boolean(args.string('kustomize'))

/** @source cli-runtime/pkg/resource FilenameOptions.RequireFilenameOrKustomize */
export function requireFiles(args: Parsed): void {
  if (!hasFiles(args)) throw new CommandError('must specify one of -f and -k')
}
