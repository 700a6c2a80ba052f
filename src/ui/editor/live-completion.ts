import { yamlText } from '#k8s/yaml-text.ts'
import { clusterStore } from '#state/cluster.ts'
import { editorText } from '../text/editor.ts'
import { liveValues } from './live-values.ts'
import { manifestPlace } from './manifest-place.ts'
import { monaco } from './monaco.ts'

/** Offers what the cluster has just now where a manifest names it. Returns how to stop. */
export function offerLiveValues(): monaco.IDisposable {
  return monaco.languages.registerCompletionItemProvider('yaml', {
    triggerCharacters: [' ', '{', '[', ',', '"', "'"],
    provideCompletionItems(model, position) {
      const place = manifestPlace(model.getValue(), model.getOffsetAt(position))
      if (!place) return { suggestions: [] }
      const { typed, rest, isJson } = place
      const quote = /^["']/.exec(typed)?.[0]
      const begin = position.column - typed.length
      const rangeTo = (column: number) => new monaco.Range(position.lineNumber, begin, position.lineNumber, column)
      const whole = rangeTo(position.column + rest.length)
      // a text in quotes is replaced with both of them
      const range = quote ? whole : { insert: rangeTo(position.column), replace: whole }
      const isNamed = /^\s*:/.test(model.getLineContent(position.lineNumber).slice(position.column - 1 + rest.length))
      const suggestions = liveValues(place, clusterStore.getState().tables).map(({ text, nodes, isKey }): monaco.languages.CompletionItem => {
        const written = isJson || quote ? JSON.stringify(text) : yamlText(text)
        const opens = isKey && !isNamed
        return {
          label: { label: text === '' ? '""' : text, description: nodes === undefined ? editorText.inCluster : editorText.onNodes(nodes) },
          kind: isKey ? monaco.languages.CompletionItemKind.Property : monaco.languages.CompletionItemKind.Value,
          insertText: opens ? `${written}: ` : written,
          filterText: quote ? `${quote}${text}${quote}` : text || '""',
          // before what the schema offers
          sortText: `0${text}`,
          range,
          ...(opens ? { command: { id: 'editor.action.triggerSuggest', title: '' } } : {}),
        }
      })
      return { suggestions }
    },
  })
}
