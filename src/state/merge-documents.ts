/** Texts by name, in their order. */
export type Texts = ReadonlyMap<string, string>

function freeName(name: string, isTaken: (name: string) => boolean): string {
  const stem = name.replace(/\.ya?ml$/, '')
  let free = name
  for (let number = 2; isTaken(free); number += 1) free = `${stem}-${number}.yaml`
  return free
}

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
        freeName(name, (taken) => merged.has(taken) || theirs.has(taken)),
        text,
      )
  }
  return merged
}
