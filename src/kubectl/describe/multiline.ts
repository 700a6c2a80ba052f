import { sortedKeys } from '#k8s/schema/go-format.ts'
import { formatTaint } from '#k8s/taint.ts'
import type { StringMap, Taint, Toleration } from '#k8s/types.ts'
import type { DescribeWriter } from './describe-writer.ts'

/** `title:` and one value a line, aligned under each other; `<none>` when there is none. */
function writeValues(w: DescribeWriter, title: string, values: readonly string[]): void {
  w.write(0, `${title}:\t${values.join('\n\t') || '<none>'}\n`)
}

/** `a=b` of every label, in key order. */
export const labelTexts = (labels: StringMap | undefined): string[] => sortedKeys(labels ?? {}).map((key) => `${key}=${labels?.[key]}`)

/** @source kubectl/pkg/describe printLabelsMultiline */
export function writeLabels(w: DescribeWriter, title: string, labels: StringMap | undefined): void {
  writeValues(w, title, labelTexts(labels))
}

export const maxAnnotationLength = 140
const hiddenAnnotation = 'kubectl.kubernetes.io/last-applied-configuration'

const shorten = (text: string, length: number): string => (text.length > length ? `${text.slice(0, length)}...` : text)

/** `a: b` of every annotation that is shown; what is long or has several lines stands in lines of its own. */
export function annotationTexts(annotations: StringMap = {}): string[] {
  const keys = sortedKeys(annotations).filter((key) => key !== hiddenAnnotation)
  return keys.map((key) => {
    const value = (annotations[key] as string).replace(/\n$/, '')
    if (value.length + key.length + 2 <= maxAnnotationLength && !value.includes('\n')) return `${key}: ${value}`
    return `${key}:${value
      .split('\n')
      .map((line) => `\n\t  ${shorten(line, maxAnnotationLength - 2)}`)
      .join('')}`
  })
}

/** @source kubectl/pkg/describe printAnnotationsMultiline */
export function writeAnnotations(w: DescribeWriter, title: string, annotations: StringMap | undefined): void {
  writeValues(w, title, annotationTexts(annotations))
}

const byKey = <T>(items: readonly T[] | undefined, key: (item: T) => string): T[] =>
  [...(items ?? [])].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0))

/** @source kubectl/pkg/describe printTaintsMultilineWithIndent */
export function writeTaints(w: DescribeWriter, title: string, taints: readonly Taint[] | undefined): void {
  writeValues(w, title, byKey(taints, (t) => `${t.effect},${t.key}`).map(formatTaint))
}

function tolerationText({ key = '', operator, value, effect, tolerationSeconds }: Toleration): string {
  const name = `${key}${value ? `=${value}` : ''}${effect ? `:${effect}` : ''}`
  const exists = operator === 'Exists' && !value ? `${key || effect ? ' ' : ''}op=Exists` : ''
  return `${name}${exists}${tolerationSeconds === undefined ? '' : ` for ${tolerationSeconds}s`}`
}

/** @source kubectl/pkg/describe printTolerationsMultilineWithIndent */
export function writeTolerations(w: DescribeWriter, title: string, tolerations: readonly Toleration[] | undefined): void {
  writeValues(w, title, byKey(tolerations, (t) => t.key ?? '').map(tolerationText))
}
