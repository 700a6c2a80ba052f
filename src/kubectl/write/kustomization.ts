import type { Io } from '../command.ts'
import { CommandError } from '../error-text.ts'

/** The folder that the shell is said to be in. */
const home = '/home/you'

const fileNames = ['kustomization.yaml', 'kustomization.yml', 'Kustomization']

/** Why no manifests can be built of what -k names: the documents are in no folder but the one that the shell is in. */
export function noKustomization(folder: string, io: Io): CommandError {
  if (/^(\.|\/)?\/*$/.test(folder)) {
    const found = folder === '/' ? undefined : fileNames.find((name) => io.readFile(name) !== undefined)
    if (found !== undefined) return new CommandError(`the playground does not build what ${found} describes; paste what "kubectl kustomize" prints`)
    const where = folder === '/' ? folder : home
    return new CommandError(`unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory '${where}'`)
  }
  if (io.readFile(folder) !== undefined) return new CommandError(`must build at directory: '${folder}': file is not directory`)
  const missing = folder.startsWith('/') ? `/${folder.split('/')[1]}` : `${home}/${folder.split('/')[0]}`
  return new CommandError(
    `must build at directory: not a valid directory: evalsymlink failure on '${folder}' : lstat ${missing}: no such file or directory`,
  )
}
