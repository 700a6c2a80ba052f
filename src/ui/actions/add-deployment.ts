import { Copy } from 'lucide-react'
import { freeDocumentName, openDocument } from '#state/documents.ts'
import { en } from '../text/en.ts'
import type { Action } from './action.ts'
import { applyDocument } from './apply-document.ts'
import { freeName } from './free-name.ts'
import { deploymentManifest } from './sample-manifests.ts'

/** Opens a sample Deployment in the editor and applies it: the contrast to a DaemonSet. */
export const addDeployment: Action = {
  name: 'add-deployment',
  label: () => en.actions['add-deployment'],
  icon: Copy,
  run: ({ client }) => {
    const name = freeName('Deployment', 'web')
    const file = freeDocumentName(`${name}.yaml`)
    openDocument(file, deploymentManifest.replace('name: web\nspec', `name: ${name}\nspec`).replaceAll('app: web', `app: ${name}`))
    void applyDocument(client, file)
  },
}
