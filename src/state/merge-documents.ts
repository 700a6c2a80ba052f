import { freeDocumentName } from './documents.ts'

/** Texts by name, in their order. */
export type Texts = ReadonlyMap<string, string>

/**
 * What two windows made of the same documents: `before` is what both began with. What one of them changed, added or closed is so; where
 * one changed what the other closed, it stays; where both changed one, ours keeps its name and theirs gets another.
 */
export function mergeDocuments(before: Texts, ours: Texts, theirs: Texts): Texts {
  const merged = new Map<string, string>()
  for (const [name, text] of ours) {
    const kept = text === before.get(name) ? theirs.get(name) : text
    if (kept !== undefined) merged.set(name, kept)
  }
  for (const [name, text] of theirs) {
    const isTheirs = text !== before.get(name)
    const our = ours.get(name)
    if (our === undefined && isTheirs) merged.set(name, text)
    else if (our !== undefined && our !== text && isTheirs && our !== before.get(name))
      merged.set(
        freeDocumentName(name, (taken) => merged.has(taken) || theirs.has(taken)),
        text,
      )
  }
  return merged
}
