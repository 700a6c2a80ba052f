import type { Mention } from '#protocol/mention.ts'
import { clusterStore } from '#state/cluster.ts'
import { lightNodes } from '#state/session.ts'
import { mentionsText } from '../text/mentions.ts'
import { ruleAt } from './mention-at.ts'
import type { monaco } from './monaco.ts'

export interface Lighting extends monaco.IDisposable {
  /** What the text says now. */
  show(mentions: readonly Mention[]): void
}

/**
 * While the cursor is where a manifest chooses nodes, the nodes and taints it chooses are lit on the canvas; `onSaid` gets the same in
 * words, empty when there is nothing to say.
 */
export function lightRuleAtCursor(editor: monaco.editor.ICodeEditor, onSaid: (text: string) => void): Lighting {
  let mentions: readonly Mention[] = []
  let lit = false
  const put = (rule: Mention | undefined) => {
    if (rule) lightNodes(rule.taints ? [] : rule.nodes, rule.taints)
    else if (lit) lightNodes([])
    lit = rule !== undefined
    onSaid(rule ? mentionsText.rule(rule, clusterStore.getState().nodeNames.length) : '')
  }
  const look = () => {
    const line = editor.hasTextFocus() ? editor.getPosition()?.lineNumber : undefined
    put(line === undefined ? undefined : ruleAt(mentions, line))
  }
  const listening = [editor.onDidChangeCursorPosition(look), editor.onDidFocusEditorText(look), editor.onDidBlurEditorText(() => put(undefined))]
  return {
    show: (found) => {
      mentions = found
      look()
    },
    dispose: () => {
      put(undefined)
      for (const one of listening) one.dispose()
    },
  }
}
