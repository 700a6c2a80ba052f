import { type Alias, type Document, visit } from 'yaml'

/** An alias inside of what it stands for; its value would have no end. */
export function endlessAlias(doc: Document.Parsed): Alias.Parsed | undefined {
  let found: Alias | undefined
  visit(doc, {
    Alias(_, alias, path) {
      const target = alias.resolve(doc)
      if (!target || !path.includes(target)) return undefined
      found = alias
      return visit.BREAK
    },
  })
  return found as Alias.Parsed | undefined
}
