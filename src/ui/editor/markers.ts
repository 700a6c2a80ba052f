import type { ApplyResult } from '#protocol/apply-result.ts'
import { monaco } from './monaco.ts'
import { shortError } from './short-error.ts'

const owner = 'api-server'
const maxMarkers = 500

/** Puts what the API server said about a document at its lines. */
export function showResults(model: monaco.editor.ITextModel, results: readonly ApplyResult[]): void {
  const markers = results
    .filter((result) => !result.ok || result.warning)
    .slice(0, maxMarkers)
    .map((result): monaco.editor.IMarkerData => {
      const line = Math.min(result.line ?? 1, model.getLineCount())
      return {
        severity: result.warning ? monaco.MarkerSeverity.Warning : monaco.MarkerSeverity.Error,
        message: shortError(result.message),
        source: 'kubectl apply',
        startLineNumber: line,
        startColumn: model.getLineFirstNonWhitespaceColumn(line) || 1,
        endLineNumber: Math.min(result.endLine ?? line, model.getLineCount()),
        endColumn: model.getLineMaxColumn(line),
      }
    })
  monaco.editor.setModelMarkers(model, owner, markers)
}
