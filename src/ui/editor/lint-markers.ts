import type { Lint, TextRange } from '#protocol/lint.ts'
import { openForm } from '#state/session.ts'
import { monaco } from './monaco.ts'
import { leaveOutOf } from './yaml-markers.ts'

const owner = 'lint'
const ruleScheme = 'rule'

const severities = { error: monaco.MarkerSeverity.Error, warning: monaco.MarkerSeverity.Warning, info: monaco.MarkerSeverity.Info } as const

/** What was found in the text a model has now. */
const found = new WeakMap<monaco.editor.ITextModel, readonly Lint[]>()

/** Fixes are of the text that was looked at: while it is another one, none is offered. */
export function forgetLints(model: monaco.editor.ITextModel): void {
  found.delete(model)
}

/** Puts hints at their lines. */
export function showLints(model: monaco.editor.ITextModel, lints: readonly Lint[]): void {
  found.set(model, lints)
  leaveOutOf(
    model,
    lints.flatMap(({ speaksFor }) => speaksFor ?? []),
  )
  const markers = lints.map((lint): monaco.editor.IMarkerData => {
    const range = rangeIn(model, lint)
    return {
      ...range,
      severity: severities[lint.severity],
      message: lint.message,
      // shown as a link behind the message
      ...(lint.rule && { code: { value: lint.rule, target: monaco.Uri.from({ scheme: ruleScheme, path: lint.rule }) } }),
      source: owner,
    }
  })
  monaco.editor.setModelMarkers(model, owner, markers)
}

const rangeIn = (model: monaco.editor.ITextModel, { line, column, endLine, endColumn }: TextRange) =>
  model.validateRange(new monaco.Range(line, column, endLine, endColumn))

/** Makes the edits of a hint's fix, unless the text is another by now. They can be undone. */
export function applyFix(editor: monaco.editor.ICodeEditor, lint: Lint): void {
  const model = editor.getModel()
  if (!model || !lint.fix || !found.get(model)?.includes(lint)) return
  editor.pushUndoStop()
  editor.executeEdits(
    owner,
    lint.fix.edits.map((edit) => ({ range: rangeIn(model, edit), text: edit.text })),
  )
  editor.pushUndoStop()
  const [first] = lint.fix.edits
  if (first) {
    editor.setPosition({ lineNumber: first.line, column: first.column })
    editor.revealLineInCenterIfOutsideViewport(first.line)
  }
  editor.focus()
}

/** Offers the fixes of the hints at a place. Returns how to stop. */
export function offerFixes(): monaco.IDisposable {
  return monaco.languages.registerCodeActionProvider('yaml', {
    provideCodeActions(model, range, { markers }) {
      const here = (found.get(model) ?? []).filter((lint) => monaco.Range.areIntersectingOrTouching(rangeIn(model, lint), range))
      const actions = here.flatMap(({ fix, message }): monaco.languages.CodeAction[] => {
        if (!fix) return []
        const edits = fix.edits.map((edit) => ({
          resource: model.uri,
          versionId: model.getVersionId(),
          textEdit: { range: rangeIn(model, edit), text: edit.text },
        }))
        const diagnostics = markers.filter((marker) => marker.message === message)
        return [{ title: fix.title, kind: 'quickfix', diagnostics, isPreferred: true, edit: { edits } }]
      })
      return { actions, dispose: () => undefined }
    },
  })
}

/** Opens the rule that a hint links to. Returns how to stop. */
export function openRules(): monaco.IDisposable {
  return monaco.editor.registerLinkOpener({
    open: ({ scheme, path }) => {
      if (scheme !== ruleScheme) return false
      openForm({ kind: 'rule', rule: path })
      return true
    },
  })
}
