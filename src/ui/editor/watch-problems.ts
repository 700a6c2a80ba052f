import { monaco } from './monaco.ts'
import { yamlOwner } from './yaml-markers.ts'

/** Something the YAML language finds wrong with a text: it cannot be read, or does not fit its schema. */
export interface Problem {
  line: number
  column: number
  message: string
  severity: 'error' | 'warning' | 'info'
}

/** Tells what is marked as wrong in the shown text whenever that changes. Returns how to stop. */
export function watchProblems(editor: monaco.editor.ICodeEditor, onFound: (problems: readonly Problem[]) => void): monaco.IDisposable {
  const look = () => {
    const model = editor.getModel()
    const markers = model ? monaco.editor.getModelMarkers({ resource: model.uri, owner: yamlOwner }) : []
    const problems = markers.map(
      ({ startLineNumber, startColumn, message, severity }): Problem => ({
        line: startLineNumber,
        column: startColumn,
        message,
        severity: severity === monaco.MarkerSeverity.Error ? 'error' : severity === monaco.MarkerSeverity.Warning ? 'warning' : 'info',
      }),
    )
    onFound(problems)
  }
  const watched = [
    editor.onDidChangeModel(look),
    monaco.editor.onDidChangeMarkers((uris) => {
      const shown = editor.getModel()?.uri.toString()
      if (uris.some((uri) => uri.toString() === shown)) look()
    }),
  ]
  return {
    dispose: () => {
      for (const one of watched) one.dispose()
    },
  }
}
