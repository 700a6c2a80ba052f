import { latePart } from '#k8s/late-part.ts'

/** What `explain` says: of structs under `''`, of fields under their names; scalars like `IntOrString` have one, too. From the OpenAPI of Kubernetes (.ci/make-field-docs.mjs). */
export type FieldDocs = Readonly<Record<string, Readonly<Record<string, string>> | undefined>>

/** The texts are large and rarely asked for. */
const texts = latePart(() => import('#k8s/schema/field-docs.json', { with: { type: 'json' } }))

export const loadFieldDocs = texts.load

export function fieldDocs(): FieldDocs {
  return texts.here()?.default ?? {}
}

/** The values that a text lists as the possible ones. */
export function enumOf(text: string): string[] {
  const [, list = ''] = text.split('Possible enum values:')
  return [...list.matchAll(/^ - `"(.*?)"`/gm)].map(([, value = '']) => value)
}
