import { Layers } from 'lucide-react'
import { freeDocumentName, openDocument } from '#state/documents.ts'
import { en } from '../text/en.ts'
import type { Action } from './action.ts'
import { applyDocument } from './apply-document.ts'
import { freeName } from './free-name.ts'
import { daemonSetManifest } from './sample-manifests.ts'

/** Opens a sample DaemonSet in the editor and applies it. */
export const addDaemonSet: Action = {
  name: 'add-daemonset',
  label: () => en.actions['add-daemonset'],
  icon: Layers,
  run: ({ client }) => {
    const name = freeName('DaemonSet', 'node-agent')
    const file = freeDocumentName(`${name}.yaml`)
    openDocument(file, daemonSetManifest.replaceAll('node-agent', name))
    void applyDocument(client, file)
  },
}
