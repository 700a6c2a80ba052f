import { useEffect, useRef } from 'react'
import type { ApplyResult } from '#protocol/apply-result.ts'
import type { Client } from '#protocol/client.ts'
import type { Examination } from '#protocol/examination.ts'
import type { Lint } from '#protocol/lint.ts'
import { pressedKey } from '../actions/pressed-key.ts'
import { followTextScale, textScale } from '../layout/text-scale.ts'
import { editorText } from '../text/editor.ts'
import { documentModel, leaveModel, showModel } from './document-model.ts'
import styles from './EditorPanel.module.css'
import { examineWhileTyping } from './examine-while-typing.ts'
import { lightRuleAtCursor } from './light-rule.ts'
import { applyFix, offerFixes, openRules } from './lint-markers.ts'
import { offerLiveValues } from './live-completion.ts'
import { markPointed } from './mark-pointed.ts'
import { showResults } from './markers.ts'
import { monaco } from './monaco.ts'
import { followPageTheme } from './theme.ts'
import { type Problem, watchProblems } from './watch-problems.ts'
import { configureYaml } from './yaml-language.ts'

export interface CodeEditorProps {
  client: Client
  name: string
  text: string
  results: readonly ApplyResult[]
  /** A line to go to; each new object is a new wish. */
  reveal: { line: number } | undefined
  /** A hint whose fix is to be made; each new object is a new wish. */
  fix: { hint: Lint } | undefined
  onChange(text: string): void
  onExamined(found: Examination): void
  /** What the YAML language marks as wrong in the shown text. */
  onProblems(problems: readonly Problem[]): void
  /** What is to be said about the place of the cursor, or about what is pointed at on the canvas; empty when nothing is. */
  onSaid(about: 'cursor' | 'canvas', text: string): void
  onApply(): void
  /** Says whether Tab now leaves the editor. */
  onTabFocus(leaves: boolean): void
  /** The terminal was asked for. */
  onLeave(): void
}

const options: monaco.editor.IStandaloneEditorConstructionOptions = {
  automaticLayout: true,
  fontFamily: 'ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace',
  minimap: { enabled: false },
  scrollBeyondLastLine: false,
  // a long comment or argument is read to its end, also where the panel is narrow
  wordWrap: 'on',
  wrappingIndent: 'indent',
  lineNumbersMinChars: 3,
  lineDecorationsWidth: 6,
  glyphMargin: false,
  folding: true,
  tabSize: 2,
  insertSpaces: true,
  detectIndentation: false,
  renderLineHighlight: 'line',
  // dimmed, its number is too pale to read
  renderFinalNewline: 'on',
  overviewRulerLanes: 0,
  // a horizontal scrollbar that comes and goes would leave the lines beside their numbers when the editor grows
  scrollbar: { verticalScrollbarSize: 9, horizontalScrollbarSize: 9, ignoreHorizontalScrollbarInContentHeight: true },
  padding: { top: 8, bottom: 12 },
  fixedOverflowWidgets: true,
  quickSuggestions: { other: true, strings: true, comments: false },
  wordBasedSuggestions: 'off',
  // what is typed in full already needs no accepting: Enter then ends the line
  acceptSuggestionOnEnter: 'smart',
  unicodeHighlight: { ambiguousCharacters: false },
  smoothScrolling: false,
  cursorBlinking: 'solid',
  accessibilityPageSize: 20,
}

const letters = () => ({ fontSize: 12.5 * textScale(), lineHeight: 20 * textScale() })

/** Monaco leaves the hint of an empty document standing when one with text is shown in its place. */
const hintWhileEmpty = (editor: monaco.editor.ICodeEditor) =>
  editor.updateOptions({ placeholder: editor.getModel()?.getValueLength() === 0 ? editorText.placeholder : '' })

/** Monaco over one document at a time; each document keeps its own model, with its undo history. */
export function CodeEditor({
  client,
  name,
  text,
  results,
  reveal,
  fix,
  onChange,
  onExamined,
  onProblems,
  onSaid,
  onApply,
  onTabFocus,
  onLeave,
}: CodeEditorProps) {
  const box = useRef<HTMLDivElement>(null)
  const editor = useRef<monaco.editor.IStandaloneCodeEditor>(null)
  const handlers = useRef({ onChange, onExamined, onProblems, onSaid, onApply, onTabFocus, onLeave })
  handlers.current = { onChange, onExamined, onProblems, onSaid, onApply, onTabFocus, onLeave }

  useEffect(() => {
    configureYaml()
    const stopTheme = followPageTheme()
    const made = monaco.editor.create(box.current as HTMLElement, { ...options, ...letters(), model: null })
    editor.current = made
    const stopScale = followTextScale(() => made.updateOptions(letters()))
    const lightings = [
      lightRuleAtCursor(made, (said) => handlers.current.onSaid('cursor', said)),
      markPointed(made, (said) => handlers.current.onSaid('canvas', said)),
    ]
    const examined = (found: Examination) => {
      for (const lighting of lightings) lighting.show(found.mentions)
      handlers.current.onExamined(found)
    }
    const problems = watchProblems(made, (found) => handlers.current.onProblems(found))
    const offered = [offerLiveValues(), offerFixes(), openRules(), examineWhileTyping(made, client, examined), problems, ...lightings]
    made.getDomNode()?.querySelector('textarea, .native-edit-context')?.setAttribute('data-first-focus', '')
    made.addCommand(monaco.KeyMod.CtrlCmd | monaco.KeyCode.Enter, () => handlers.current.onApply())
    made.addAction({
      id: 'playground.tab-focus',
      label: editorText.tabLeaves,
      keybindings: [monaco.KeyMod.WinCtrl | monaco.KeyCode.KeyM, monaco.KeyMod.CtrlCmd | monaco.KeyCode.KeyM],
      run: () => {
        const leaves = !made.getOption(monaco.editor.EditorOption.tabFocusMode)
        made.updateOptions({ tabFocusMode: leaves })
        handlers.current.onTabFocus(leaves)
      },
    })
    const keys = made.onKeyDown((event) => {
      // as on the page, where Ctrl is not needed
      if (!event.ctrlKey || pressedKey(event.browserEvent) !== '`') return
      event.preventDefault()
      event.stopPropagation()
      handlers.current.onLeave()
    })
    const changes = made.onDidChangeModelContent(() => {
      hintWhileEmpty(made)
      handlers.current.onChange(made.getValue())
    })
    return () => {
      keys.dispose()
      changes.dispose()
      for (const one of offered) one.dispose()
      stopTheme()
      stopScale()
      leaveModel(made)
      made.dispose()
    }
  }, [client])

  useEffect(() => {
    const made = editor.current
    if (!made) return
    showModel(made, documentModel(name, text))
    hintWhileEmpty(made)
    made.updateOptions({ ariaLabel: editorText.ariaLabel(name) })
  }, [name, text])

  useEffect(() => {
    const model = editor.current?.getModel()
    if (model) showResults(model, results)
    const wrong = results.find((result) => !result.ok && result.line !== undefined)
    if (wrong?.line === undefined) return
    // what was said stands below, and has just taken room
    editor.current?.layout()
    editor.current?.revealLineInCenterIfOutsideViewport(wrong.line)
  }, [results])

  useEffect(() => {
    if (!reveal) return
    editor.current?.revealLineInCenter(reveal.line)
    editor.current?.setPosition({ lineNumber: reveal.line, column: 1 })
    editor.current?.focus()
  }, [reveal])

  // `nokey` keeps the canvas from taking the space bar: its keys listen on the whole page, and this is no text field to it
  useEffect(() => {
    if (fix && editor.current) applyFix(editor.current, fix.hint)
  }, [fix])

  return <div ref={box} className={`${styles.code} nokey`} />
}
