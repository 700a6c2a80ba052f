import { yamlText } from '#k8s/yaml-text.ts'
import { clusterStore } from '#state/cluster.ts'
import { en } from '../text/en.ts'
import { liveValues } from './live-values.ts'
import { manifestPlace } from './manifest-place.ts'
import { monaco } from './monaco.ts'

/** Offers what the cluster has just now where a manifest names it. Returns how to stop. */
export function offerLiveValues(): monaco.IDisposable {
  return monaco.languages.registerCompletionItemProvider('yaml', {
    triggerCharacters: [' '],
    provideCompletionItems(model, position) {
      const place = manifestPlace(model.getValue(), position.lineNumber, position.column)
      if (!place) return { suggestions: [] }
      const range = new monaco.Range(position.lineNumber, position.column - place.typed.length, position.lineNumber, position.column)
      const isLast = /^\s*$/.test(model.getLineContent(position.lineNumber).slice(position.column - 1))
      const suggestions = liveValues(place, clusterStore.getState().tables).map(({ text, nodes, isKey }): monaco.languages.CompletionItem => {
        const written = yamlText(text)
        return {
          label: { label: text === '' ? '""' : text, description: nodes === undefined ? en.editor.inCluster : en.editor.onNodes(nodes) },
          kind: isKey ? monaco.languages.CompletionItemKind.Property : monaco.languages.CompletionItemKind.Value,
          insertText: isKey && isLast ? `${written}: ` : written,
          filterText: place.typed.startsWith('"') ? JSON.stringify(text) : text || '""',
          // before what the schema offers
          sortText: `0${text}`,
          range,
          ...(isKey && isLast ? { command: { id: 'editor.action.triggerSuggest', title: '' } } : {}),
        }
      })
      return { suggestions }
    },
  })
}
