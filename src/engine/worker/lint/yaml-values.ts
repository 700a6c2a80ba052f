import type { Manifest } from '#kubectl/manifest.ts'
import type { Lint } from '#protocol/lint.ts'
import type { Finding, Path } from './lint.ts'
import { cut } from './removal.ts'
import type { Written } from './write-yaml.ts'

/** Fields whose maps and lists hold texts. */
const holdTexts = new Set(['labels', 'annotations', 'matchLabels', 'nodeSelector', 'values', 'args', 'command'])
/** Fields that are texts. */
const areTexts = new Set(['name', 'namespace', 'image', 'value', 'key', 'effect', 'operator', 'nodeName'])
/** File modes are written as octal numbers. */
const areModes = new Set(['mode', 'defaultMode'])

function isText(path: Path, inEnvironment: boolean): boolean {
  const [field, parent] = [path.at(-1), path.at(-2)]
  if (parent !== undefined && holdTexts.has(String(parent))) return true
  // the `value` of a priority class is a number
  return field === 'value' ? inEnvironment : areTexts.has(String(field))
}

const shown = (value: unknown): string =>
  value === null ? 'nothing (null)' : typeof value === 'boolean' ? `the truth value ${value}` : `the number ${value}`

/** What a plain value is read as, when that is not what it looks like, or not what its field takes. */
function findingOf(path: Path, value: unknown, source: string): Finding | undefined {
  const looksAsIs = source === String(value) || (value === null && (source === '' || source === 'null')) || /^(true|false)$/i.test(source)
  const text = isText(path, path.includes('env') || path.includes('tolerations'))
  if (looksAsIs && !(text && value !== null)) return undefined
  if (areModes.has(String(path.at(-1)))) return undefined
  const quoted = JSON.stringify(source)
  const plain = String(value)
  if (text)
    return {
      path,
      rule: 'YAML-1.1',
      message: `Without quotes ${source} is ${shown(value)}, and here a text is needed.`,
      fix: { title: `Write ${quoted}`, changes: [{ put: path, value: source }] },
    }
  return {
    path,
    rule: 'YAML-1.1',
    message: `kubectl reads ${source} as ${shown(value)}.`,
    fix: { title: `Write ${plain}`, changes: [{ put: path, value: value as Written }] },
  }
}

/** Values that are read as something else than they look like. Quoted texts are what they are. */
export function yamlValues(manifest: Manifest, lines: readonly string[]): Finding[] {
  const walk = (path: Path, value: unknown): Finding[] => {
    if (Array.isArray(value)) return value.flatMap((inner, at) => walk([...path, at], inner))
    if (typeof value === 'object' && value !== null) return Object.entries(value).flatMap(([key, inner]) => walk([...path, key], inner))
    if (typeof value === 'string') return []
    const place = manifest.placeOf(path)?.value
    if (!place || place.line !== place.endLine) return []
    const source = (lines[place.line - 1] ?? '').slice(place.column - 1, place.endColumn - 1)
    // an alias, or a tag that says what is meant
    const finding = /^[*!&]/.test(source) ? undefined : findingOf(path, value, source)
    return finding ? [finding] : []
  }
  return walk([], manifest.value)
}

/** Keys that stand twice in one mapping: kubectl takes the last without a word. */
export function repeatedKeys(manifest: Manifest, lines: readonly string[]): Lint[] {
  return manifest.repeated().map(({ key, lost, kept, inFlow }) => {
    const edit = cut(lost, inFlow === true, lines)
    return {
      line: lost.line,
      column: lost.column,
      endLine: lost.line,
      endColumn: lost.column + key.length,
      severity: 'warning',
      rule: 'YAML-1.1',
      message: `${key} stands here and again in line ${kept.line}; kubectl takes the last one and says nothing.`,
      ...(edit && { fix: { title: `Remove this ${key}`, edits: [edit] } }),
    }
  })
}
