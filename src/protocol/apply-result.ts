/** What became of one document of a text that was applied. */
export interface ApplyResult {
  ok: boolean
  /** What kubectl prints for this document: `daemonset.apps/agent created`, or the error. */
  message: string
  /** Line in the file (1-based) the message is about. */
  line?: number
  endLine?: number
  /** Field path of the error (`spec.template.metadata.labels`). */
  field?: string
  /** A warning beside a successful apply. */
  warning?: boolean
}
