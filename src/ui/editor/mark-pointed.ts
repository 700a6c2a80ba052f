import { formatTaint } from '#k8s/taint.ts'
import type { Mention } from '#protocol/mention.ts'
import { clusterStore } from '#state/cluster.ts'
import { mentionsText } from '../text/mentions.ts'
import styles from './EditorPanel.module.css'
import type { Lighting } from './light-rule.ts'
import { type Pointed, type Spoken, spokenOf } from './mention-at.ts'
import { monaco } from './monaco.ts'

/** Passing over a card on the way elsewhere does not move the text. */
const restMs = 250

/** The node, label or taint that an element of the canvas stands for. */
function pointedAt(element: EventTarget | null): Pointed | undefined {
  if (!(element instanceof Element)) return
  const node = element.closest<HTMLElement>('[data-node]')?.dataset.node
  if (node === undefined) return
  const taints = clusterStore.getState().tables.Node.get(node)?.spec.taints ?? []
  const { label } = element.closest<HTMLElement>('[data-label]')?.dataset ?? {}
  const { taint } = element.closest<HTMLElement>('[data-taint]')?.dataset ?? {}
  return { node, taints: taints.map(formatTaint), ...(label !== undefined && { label }), ...(taint !== undefined && { taint }) }
}

const wordsFor = ({ node, label, taint }: Pointed) => taint ?? (label === undefined ? node : `${label} of ${node}`)

/**
 * Marks the lines that speak of the node, label or taint which the pointer or the focus is on, with whether they fit; `onSaid` gets the
 * same in words. Lines out of view are shown meanwhile.
 */
export function markPointed(editor: monaco.editor.ICodeEditor, onSaid: (text: string) => void): Lighting {
  let mentions: readonly Mention[] = []
  let at: Pointed | undefined
  let resting: ReturnType<typeof setTimeout> | undefined
  let leftAt: { from: number; to: number } | undefined
  const marks = editor.createDecorationsCollection()

  const toMark = ({ mention, fits }: Spoken, what: string): monaco.editor.IModelDeltaDecoration => {
    const text = fits ? mentionsText.fits(what) : mentionsText.misses(what)
    const column = editor.getModel()?.getLineMaxColumn(mention.line) ?? 1
    return {
      range: new monaco.Range(mention.line, column, mention.line, column),
      options: {
        isWholeLine: true,
        className: fits ? styles.fits : styles.misses,
        showIfCollapsed: true,
        after: { content: `  ${text}`, inlineClassName: (fits ? styles.fitsText : styles.missesText) ?? null },
      },
    }
  }
  const scrollTo = (spoken: readonly Spoken[]) => {
    const [first] = spoken
    const ranges = editor.getVisibleRanges()
    const visible = spoken.some(({ mention }) => ranges.some((range) => range.startLineNumber <= mention.line && mention.line <= range.endLineNumber))
    if (!first || visible || editor.hasTextFocus()) return
    const from = leftAt?.from ?? editor.getScrollTop()
    editor.revealLineInCenter(first.mention.line, monaco.editor.ScrollType.Immediate)
    leftAt = { from, to: editor.getScrollTop() }
  }
  const scrollBack = () => {
    if (leftAt && editor.getScrollTop() === leftAt.to) editor.setScrollTop(leftAt.from)
    leftAt = undefined
  }
  const look = () => {
    const spoken = at && editor.getModel() ? spokenOf(mentions, at) : []
    const what = at ? wordsFor(at) : ''
    marks.set(spoken.map((one) => toMark(one, what)))
    clearTimeout(resting)
    if (spoken.length > 0) resting = setTimeout(() => scrollTo(spoken), restMs)
    else scrollBack()
    const lines = (fits: boolean) => spoken.filter((one) => one.fits === fits).map(({ mention }) => mention.line)
    onSaid(spoken.length > 0 ? mentionsText.spoken(what, lines(true), lines(false)) : '')
  }
  const point = (event: Event) => {
    const now = pointedAt(event.target)
    if (JSON.stringify(now) === JSON.stringify(at)) return
    at = now
    look()
  }
  for (const type of ['pointerover', 'focusin']) document.addEventListener(type, point)
  return {
    show: (found) => {
      mentions = found
      if (at) look()
    },
    dispose: () => {
      clearTimeout(resting)
      for (const type of ['pointerover', 'focusin']) document.removeEventListener(type, point)
      marks.clear()
    },
  }
}
