import type { Client } from '#protocol/client.ts'

/**
 * What the editor panel is given. Documents, the active one, and how applies went are in `#state/documents.ts`; it applies with
 * `applyDocument(client, name)` of `ui/actions/apply-document.ts` (Ctrl/Cmd+Enter and its Apply button).
 */
export interface EditorPanelProps {
  client: Client
  /** Whether the text gets the focus at once: whoever opened it by a key would be nowhere else. */
  takesFocus?: boolean
}
