import * as v from 'valibot'
import { readStored } from './storage.ts'

const document = v.object({ name: v.string(), text: v.string() })

const schema = v.object({ documents: v.array(document), active: v.string() })

export type StoredDocument = v.InferOutput<typeof document>

/** The documents as they are stored, in their order, and the name of the one that was shown. */
export type StoredDocuments = v.InferOutput<typeof schema>

export const documentsKey = 'documents'

/** undefined = nothing is stored, or it cannot be read: then it is written anew with the first change. */
export function readDocuments(): StoredDocuments | undefined {
  try {
    const result = v.safeParse(schema, JSON.parse(readStored(documentsKey) ?? ''))
    return result.success ? result.output : undefined
  } catch {
    return undefined
  }
}
