import { findKind } from '#k8s/resources.ts'
import { type Manifest, readManifests } from '#kubectl/manifest.ts'
import type { ApiClient, ObjectRef } from '#protocol/api-client.ts'
import type { Examination } from '#protocol/examination.ts'
import type { Lint } from '#protocol/lint.ts'
import { foreignDocument } from '../foreign/foreign-document.ts'
import { documentAt, foreignLints } from '../foreign/foreign-lints.ts'
import { editsOf, markedRange } from '../lint/edits.ts'
import { lintRules } from '../lint/index.ts'
import type { Finding } from '../lint/lint.ts'
import { misspeltKind } from '../lint/misspelt-kind.ts'
import { readInput } from '../lint/read-input.ts'
import { repeatedKeys, yamlValues } from '../lint/yaml-values.ts'
import { mentionsOf } from './mentions.ts'

/** Documents larger than this are not looked at while they are typed, characters. */
const maxLength = 200_000

/** The object a document describes; undefined while its kind or name is not known. */
function refOf({ kind, metadata }: Readonly<Record<string, unknown>>): ObjectRef | undefined {
  const resource = typeof kind === 'string' ? findKind(kind) : undefined
  const { name, namespace } = (metadata ?? {}) as Record<string, unknown>
  if (!resource || typeof name !== 'string') return undefined
  if (!resource.namespaced) return { kind: resource.kind, name }
  return { kind: resource.kind, name, namespace: typeof namespace === 'string' && namespace ? namespace : 'default' }
}

/** What a file says, against the cluster as it is now. */
export function examine(text: string, client: ApiClient): Examination {
  if (text.length > maxLength) return { lints: [], mentions: [], objects: [] }
  const lines = text.split(/\r?\n/)
  const { manifests, errors } = readManifests(text, '')
  const foreign = foreignLints(lines, errors)
  const toLint = (manifest: Manifest, { path, severity, message, rule, fix }: Finding): Lint => {
    const edits = fix && editsOf(manifest, lines, fix.changes)
    return {
      ...markedRange(manifest, path),
      severity: severity ?? 'warning',
      message,
      rule,
      ...(edits && { fix: { title: fix.title, edits } }),
    }
  }
  const ofKind = (manifest: Manifest): Lint[] => {
    const found = misspeltKind(manifest.value)
    const finding = found[0] ?? foreignDocument(manifest.value)
    return finding ? [{ ...toLint(manifest, finding), speaksFor: documentAt(lines, manifest.line) }] : []
  }
  const read = manifests.map((manifest) => {
    const input = readInput(manifest.value, client)
    const kindLints = input ? [] : ofKind(manifest)
    const findings = [...yamlValues(manifest, lines), ...(input ? lintRules.flatMap((rule) => rule(input)) : [])]
    return {
      lints: [...kindLints, ...findings.map((finding) => toLint(manifest, finding)), ...repeatedKeys(manifest, lines)].sort(
        (a, b) => a.line - b.line,
      ),
      mentions: input ? mentionsOf(manifest, input) : [],
      object: refOf(manifest.value),
    }
  })
  return {
    lints: [...foreign, ...read.flatMap(({ lints }) => lints)],
    mentions: read.flatMap(({ mentions }) => mentions),
    objects: read.flatMap(({ object }) => object ?? []),
  }
}
