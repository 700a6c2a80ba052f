import type { ApiClient } from '#protocol/api-client.ts'
import { alignTabs, describeLayout, escapeTerminal } from '../tab-writer.ts'

/** Collects the lines of a description; cells are separated by tabs and aligned at the end. @source kubectl/pkg/describe PrefixWriter, tabbedString */
export class DescribeWriter {
  /** The client whose kubectl describes: newer ones say more. */
  readonly client: Pick<ApiClient, 'version'>
  private done = ''
  private pending = ''

  constructor(client: Pick<ApiClient, 'version'>) {
    this.client = client
  }

  /** Text behind `level` indentations of two spaces; lines end with `\n`. */
  write(level: number, text: string): void {
    this.pending += '  '.repeat(level) + text
  }

  /** `title:` and a value in the next column. */
  field(level: number, title: string, value: string | number | boolean): void {
    this.write(level, `${title}:\t${value}\n`)
  }

  /** Lines before and after are aligned independently. */
  flush(): void {
    this.done += alignTabs(this.pending, describeLayout)
    this.pending = ''
  }

  /** What was written since the last flush, with its tabs, not aligned. */
  rawText(): string {
    return escapeTerminal(this.pending)
  }

  toString(): string {
    this.flush()
    return this.done
  }
}
