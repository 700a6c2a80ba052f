import type { Verb } from '../command.ts'
import { CommandError } from '../error-text.ts'
import { noKustomization } from '../write/kustomization.ts'

/** `kubectl kustomize`: there are no folders, so it finds nothing to build. @source sigs.k8s.io/kustomize/kustomize/commands/build */
export const kustomize: Verb = {
  name: 'kustomize',
  summary: 'Build manifests from a folder with a kustomization (there are no folders here)',
  usage: 'kubectl kustomize DIR',
  flags: [
    { name: 'output', shorthand: 'o', kind: 'string', usage: 'Where to write what is built' },
    { name: 'enable-helm', kind: 'bool', usage: 'Let it use Helm charts' },
    { name: 'load-restrictor', kind: 'string', default: 'LoadRestrictionsRootOnly', usage: 'Whether files outside the folder may be read' },
  ],
  // biome-ignore lint/correctness/useYield: a verb is a generator
  *run({ io }, args) {
    const [folder = '.', ...more] = args.operands
    if (more.length > 0) throw new CommandError('specify one path to kustomization.yaml')
    throw noKustomization(folder, io)
  },
}
