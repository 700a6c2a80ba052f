import { manifestLimits } from '#k8s/text-limits.ts'
import { closeDocument, type Document, documentsStore, freeDocumentName, openDocument, reopenDocument } from '#state/documents.ts'
import { notify } from '#state/session.ts'
import { editorText } from '../text/editor.ts'
import { toDocumentName } from './document-name.ts'

/** What a file says; undefined when it is no text (UTF-8, as YAML and JSON are). */
function textOf(bytes: ArrayBuffer): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return text.includes('\0') ? undefined : text
  } catch {
    return undefined
  }
}

/** Opens files of the user's computer as documents; what is not text, or too large, is refused with a notice. */
export async function openFiles(files: Iterable<File>): Promise<void> {
  for (const file of files) {
    if (file.size > manifestLimits.length) {
      notify('error', editorText.tooLarge(file.name))
      continue
    }
    const bytes = await file.arrayBuffer().catch(() => undefined)
    const text = bytes && textOf(bytes)
    if (bytes === undefined) notify('error', editorText.unreadable(file.name))
    else if (text === undefined) notify('error', editorText.notText(file.name))
    else openDocument(freeDocumentName(toDocumentName(file.name) ?? 'manifest.yaml'), text)
  }
}

/** Saves a document as a file. */
export function downloadDocument({ name, text }: Document): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/yaml' }))
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}

/** Closes a document; the notice about it takes that back, and later the menu of documents does. */
export function closeWithUndo({ name }: Document): void {
  const { closed: before } = documentsStore.getState()
  closeDocument(name)
  const [closed] = documentsStore.getState().closed
  if (!closed || before.includes(closed)) return
  notify('info', editorText.closed(name), { label: editorText.reopenClosed, run: () => reopenDocument(closed) })
}
