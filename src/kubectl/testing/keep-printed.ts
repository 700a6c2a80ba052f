import type { KubectlContext } from '../command.ts'

export interface LineResult {
  stdout: string
  stderr: string
  exit: number
}

/** Where a line writes, and what it has written; there are no documents, unless `more` has some. The exit status is for the caller to note. */
export function keepPrinted(more: Partial<KubectlContext['io']> = {}): { io: KubectlContext['io']; printed: LineResult } {
  const printed: LineResult = { stdout: '', stderr: '', exit: -1 }
  const io: KubectlContext['io'] = {
    out(text) {
      printed.stdout += text
    },
    err(text) {
      printed.stderr += text
    },
    readFile: () => undefined,
    ...more,
  }
  return { io, printed }
}
