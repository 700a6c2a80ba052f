/** What `explain` says: of structs under `''`, of fields under their names; scalars like `IntOrString` have one, too. From the OpenAPI of Kubernetes (.ci/make-field-docs.mjs). */
export type FieldDocs = Readonly<Record<string, Readonly<Record<string, string>> | undefined>>

let docs: FieldDocs | undefined

/** The texts are large and rarely asked for: undefined when they are there, else resolves when they are. */
export function loadFieldDocs(): Promise<void> | undefined {
  return docs
    ? undefined
    : import('#k8s/schema/field-docs.json', { with: { type: 'json' } }).then((module) => {
        docs = module.default
      })
}

export function fieldDocs(): FieldDocs {
  return docs ?? {}
}

/** The values that a text lists as the possible ones. */
export function enumOf(text: string): string[] {
  const [, list = ''] = text.split('Possible enum values:')
  return [...list.matchAll(/^ - `"(.*?)"`/gm)].map(([, value = '']) => value)
}
