import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ruleTexts } from '#ui/text/rules.ts'

const root = import.meta.dirname

/** Sources of a folder, without tests. */
function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((f) => /\.tsx?$/.test(f) && !/\.test\.tsx?$/.test(f))
    .map((f) => join(root, folder, f))
}

const withoutComments = (text: string): string => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '')

/** Files that hold a forbidden word, with the word. */
function offenders(folders: string[], forbidden: RegExp, except: string[] = []): string[] {
  return folders
    .flatMap(sources)
    .filter((file) => !except.includes(relative(root, file)))
    .flatMap((file) => {
      const found = forbidden.exec(withoutComments(readFileSync(file, 'utf8')))
      return found ? [`${relative(root, file)}: ${found[0]}`] : []
    })
}

describe('the engine is deterministic', () => {
  it('knows no wall clock, no timers, no randomness of its own and no network', () => {
    const forbidden =
      /\bMath\.random\b|\bnew Date\b|\bDate\.(?:now|UTC|parse)\b|\bsetTimeout\b|\bsetInterval\b|\bqueueMicrotask\b|\bperformance\.now\b|\bfetch\(|\bcrypto\./
    // the worker's entry turns wall-clock time into "run up to here"; what happens there does not depend on it
    expect(offenders(['k8s', 'sim', 'engine', 'kubectl', 'shell', 'scenario'], forbidden, ['engine/worker.ts'])).toEqual([])
  })
})

describe('the house', () => {
  it('leaves a layer only by its subpath, never by a relative path', () => {
    const layerOf = (file: string) => relative(root, file).split(sep)[0]
    const layers = readdirSync(root, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
    const leaving = layers.flatMap(sources).flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)]
        .map(([, path]) => join(dirname(file), path as string))
        .filter((target) => layerOf(target) !== layerOf(file))
        .map((target) => `${relative(root, file)} → ${relative(root, target)}`),
    )
    expect(leaving).toEqual([])
  })
})

describe('the site', () => {
  it('evaluates no text as code', () => {
    expect(offenders(['.'], /\beval\(|new Function\(/)).toEqual([])
  })
})

describe('rules', () => {
  it('every rule that hints and answers name has a text to link to', () => {
    const named = ['engine/explain', 'engine/worker/lint', 'engine/controllers/daemonset']
      .flatMap(sources)
      .flatMap((file) =>
        [...withoutComments(readFileSync(file, 'utf8')).matchAll(/'((?:API|DEP|DS|KL|NL|SCH|YAML)-\d[\d.]*)'/g)].map((match) => match[1] as string),
      )
    expect(named.length).toBeGreaterThan(50)
    expect([...new Set(named)].filter((rule) => !(rule in ruleTexts))).toEqual([])
  })
})
