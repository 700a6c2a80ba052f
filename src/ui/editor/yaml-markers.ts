import type { LineRange } from '#protocol/lint.ts'
import { monaco } from './monaco.ts'

/** Whose markers those of the YAML language are. */
export const yamlOwner = 'yaml'

const found = new WeakMap<monaco.editor.ITextModel, readonly monaco.editor.IMarkerData[]>()
const leftOut = new WeakMap<monaco.editor.ITextModel, readonly LineRange[]>()

function show(model: monaco.editor.ITextModel): void {
  const without = leftOut.get(model) ?? []
  const markers = (found.get(model) ?? []).filter((marker) =>
    without.every(({ line, endLine }) => marker.startLineNumber < line || endLine < marker.startLineNumber),
  )
  monaco.editor.setModelMarkers(model, yamlOwner, markers)
}

/** Shows what the YAML language finds wrong with a text, but for the lines that something else speaks for. */
export function showYamlMarkers(model: monaco.editor.ITextModel, markers: readonly monaco.editor.IMarkerData[]): void {
  found.set(model, markers)
  show(model)
}

/** In these lines what the YAML language finds only follows from what is said there already (`this is a Helm template`). */
export function leaveOutOf(model: monaco.editor.ITextModel, lines: readonly LineRange[]): void {
  if (lines.length === 0 && !leftOut.get(model)?.length) return
  leftOut.set(model, lines)
  show(model)
}
