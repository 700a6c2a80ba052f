import type { Manifest } from '#kubectl/manifest.ts'
import type { FieldPlace } from '#kubectl/yaml-as-kubectl.ts'
import type { TextRange } from '#protocol/lint.ts'
import type { Path } from './lint.ts'

/** A place with where it begins (its name, or the item itself) and ends. */
export interface Span {
  place: FieldPlace
  start: TextRange
  end: TextRange
}

/** Where a field or list item stands; undefined when it is not written down. */
export function spanOf(manifest: Manifest, path: Path): Span | undefined {
  const place = manifest.placeOf(path)
  const start = place?.key ?? place?.value
  return place && start && { place, start, end: place.value ?? start }
}

/** The same where a fix may write over it, or take it away: what has an anchor's name may be meant elsewhere, and stays. */
export function changeableSpan(manifest: Manifest, path: Path): Span | undefined {
  const span = spanOf(manifest, path)
  return span?.place.isNamed ? undefined : span
}
