import type { TextEdit } from '#protocol/lint.ts'
import { markedLines } from './marked-lines.ts'

/** What is wrong with a text before anything can be made of it, at a line, and how it is mended where that can be told. */
export interface ForeignText {
  /** From 1. */
  line: number
  message: string
  severity: 'error' | 'warning'
  fix?: { title: string; edits: readonly TextEdit[] }
}

const lineWith = (lines: readonly string[], what: RegExp): number => lines.findIndex((line) => what.test(line)) + 1

type NotYaml = Omit<ForeignText, 'severity'>

/** Takes the place of the whole text. */
function keep(lines: readonly string[], kept: readonly string[]): TextEdit {
  const indent = kept.reduce((least, line) => (line.trim() ? Math.min(least, line.search(/\S/)) : least), Number.POSITIVE_INFINITY)
  const text = kept
    .map((line) => line.slice(Number.isFinite(indent) ? indent : 0))
    .join('\n')
    .trimEnd()
  return { line: 1, column: 1, endLine: lines.length, endColumn: (lines.at(-1) ?? '').length + 1, text: `${text}\n` }
}

/** The braces of a template. Where the text can be read as it is, only Helm's own words tell that it is one. */
function template(lines: readonly string[], isRead: boolean): NotYaml | undefined {
  const line = lineWith(lines, /^[^#]*\{\{/)
  if (line === 0) return undefined
  const helms = /\{\{-?\s*(?:\/\*|(?:if|with|range|end|else|define|template|include|toYaml|tpl)\b|.*(?:\.Values\b|\.Release\b|\.Chart\b|nindent))/
  const helmLine = lineWith(lines, helms)
  if (helmLine > 0)
    return { line: helmLine, message: 'This is a Helm template: Helm fills in what stands in {{ }}. Run helm template DIR and paste what it prints.' }
  if (isRead) return undefined
  return {
    line,
    message: 'A template program fills in what stands in {{ }}; YAML reads the braces as maps. Render it first, or write a value in its place.',
  }
}

const fence = /^\s*(?:```|~~~)/

/** What stands between the fences of Markdown. */
function fenced(lines: readonly string[]): NotYaml | undefined {
  const fences = lines.flatMap((line, at) => (fence.test(line) ? [at] : []))
  const [first] = fences
  if (first === undefined) return undefined
  const blocks = fences.flatMap((from, at) => (at % 2 === 0 ? [lines.slice(from + 1, fences[at + 1] ?? lines.length)] : []))
  const kept = blocks.flatMap((block, at) => (at > 0 && !block[0]?.startsWith('---') ? ['---', ...block] : block))
  return {
    line: first + 1,
    message: 'The lines with ``` are Markdown around the manifest, not YAML.',
    ...(kept.some((line) => line.trim()) && { fix: { title: 'Keep only what is between them', edits: [keep(lines, kept)] } }),
  }
}

/** A manifest in a here-document, or a command alone. */
function command(lines: readonly string[]): NotYaml | undefined {
  const at = lines.findIndex((line) => line.trim() && !line.trimStart().startsWith('#'))
  const line = lines[at] ?? ''
  if (!/^\s*[$%]?\s*(?:kubectl|k|cat|sudo|helm|oc)\s+\S/.test(line) || /^\s*\w+\s*:/.test(line)) return undefined
  const end = /<<-?\s*(['"]?)(\w+)\1/.exec(line)?.[2]
  if (end === undefined)
    return { line: at + 1, message: 'This is a command, not a manifest: type it in the terminal. A manifest begins with apiVersion: and kind:.' }
  const until = lines.findIndex((one, i) => i > at && one.trim() === end)
  const kept = lines.slice(at + 1, until < 0 ? undefined : until)
  return {
    line: at + 1,
    message: `The manifest stands between this command and ${end}. Keep only that here, or type all of it in the terminal.`,
    fix: { title: 'Keep only the manifest', edits: [keep(lines, kept)] },
  }
}

/** What kubectl and diff print for people. */
function printed(lines: readonly string[]): NotYaml | undefined {
  const at = lines.findIndex((line) => line.trim())
  const line = lines[at] ?? ''
  if (/^(?:NAME|NAMESPACE)\s{2,}[A-Z]/.test(line))
    return { line: at + 1, message: 'This is the table that kubectl get prints; kubectl get TYPE NAME -o yaml prints a manifest.' }
  if (/^Name:\s{3,}\S/.test(line))
    return { line: at + 1, message: 'This is what kubectl describe prints; kubectl get TYPE NAME -o yaml prints a manifest.' }
  const hunk = lineWith(lines, /^@@ -\d+(?:,\d+)? \+\d/)
  if (hunk > 0)
    return { line: hunk, message: 'This is a diff: changes of a file, not the file. Make the changes (git apply, patch) and paste the file.' }
  return undefined
}

/** Marks in front of every line. */
function marked(lines: readonly string[]): NotYaml | undefined {
  const found = markedLines(lines)
  if (!found) return undefined
  const { what, line, kept } = found
  return what === 'diff'
    ? {
        line,
        message: 'This is a diff: + and - in front of the lines say what is changed of a file. Paste the file that comes of it.',
        fix: { title: 'Keep the file as it is after the changes', edits: [keep(lines, kept)] },
      }
    : {
        line,
        message: 'The numbers of the lines were copied with them; they are no part of the manifest.',
        fix: { title: 'Take the numbers away', edits: [keep(lines, kept)] },
      }
}

/** What a text is that is no YAML, of what people paste. `isRead` = kubectl can read it as YAML. */
export function foreignText(lines: readonly string[], isRead: boolean): ForeignText | undefined {
  const found = template(lines, isRead) ?? (isRead ? undefined : (fenced(lines) ?? command(lines))) ?? printed(lines) ?? marked(lines)
  return found && { ...found, severity: 'error' }
}
