import { monaco } from './monaco.ts'

/** Something the YAML language finds wrong with a text: it cannot be read, or does not fit its schema. */
export interface Problem {
  line: number
  message: string
  isError: boolean
}

const byWeight = (a: Problem, b: Problem) => Number(b.isError) - Number(a.isError) || a.line - b.line

/** Tells what is marked as wrong in the shown text whenever that changes, errors first. Returns how to stop. */
export function watchProblems(editor: monaco.editor.ICodeEditor, onFound: (problems: readonly Problem[]) => void): monaco.IDisposable {
  const look = () => {
    const model = editor.getModel()
    const markers = model ? monaco.editor.getModelMarkers({ resource: model.uri, owner: 'yaml' }) : []
    const problems = markers.map(({ startLineNumber, message, severity }) => ({
      line: startLineNumber,
      message,
      isError: severity === monaco.MarkerSeverity.Error,
    }))
    onFound(problems.sort(byWeight))
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
