import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from '@playwright/test'

const dist = join(import.meta.dirname, '../dist')
const kib = 1024

const gzipped = (path: string): number => gzipSync(readFileSync(join(dist, path)), { level: 9 }).length

/** Scripts with what they import statically. */
function withImports(paths: string[]): string[] {
  const found = new Set<string>()
  const add = (path: string) => {
    if (found.has(path)) return
    found.add(path)
    const code = readFileSync(join(dist, path), 'utf8')
    for (const [, from] of code.matchAll(/(?:^|[;}\s])(?:import|export)(?:[\w*{}\s,$]+from)?\s*["']\.\/([\w.-]+\.js)["']/g)) add(`assets/${from}`)
  }
  paths.forEach(add)
  return [...found]
}

/** What an HTML file loads before anybody does anything. */
function firstLoad(html: string): string[] {
  const text = readFileSync(join(dist, html), 'utf8')
  const scripts = [...text.matchAll(/(?:<script[^>]* src="|\bscript\.src=')\.\/([^"']+)/g)]
  const preloaded = [...text.matchAll(/<link[^>]* rel="modulepreload"[^>]* href="\.\/([^"]+)"/g)]
  return withImports([...scripts, ...preloaded].map(([, path]) => path as string))
}

const scripts = (): string[] => readdirSync(join(dist, 'assets')).filter((file) => file.endsWith('.js'))

const sizeOf = (paths: string[]): number => paths.reduce((sum, path) => sum + gzipped(path), 0)

test('the page loads at most 180 KiB of JavaScript before the editor is shown', () => {
  const files = firstLoad('index.html')
  expect(files.length).toBeGreaterThan(0)
  expect(sizeOf(files) / kib, files.join()).toBeLessThanOrEqual(180)
})

test('the embed loads at most 150 KiB of JavaScript', () => {
  const files = firstLoad('embed.html')
  expect(files.length).toBeGreaterThan(0)
  expect(sizeOf(files) / kib, files.join()).toBeLessThanOrEqual(150)
})

test('the engine is at most 215 KiB before its rarer parts come', () => {
  const worker = scripts().filter((f) => /^worker-entry-.*\.js$/.test(f))
  expect(worker).toHaveLength(1)
  const files = withImports([`assets/${worker[0]}`])
  expect(sizeOf(files) / kib, files.join()).toBeLessThanOrEqual(215)
})

test('nothing imports from the file that a worker begins with, which WebKit would run again', () => {
  const entries = scripts().filter((file) => /worker/.test(file))
  expect(entries.length).toBeGreaterThanOrEqual(3)
  for (const file of scripts()) {
    const others = entries.filter((entry) => entry !== file)
    expect(others.filter((entry) => withImports([`assets/${file}`]).includes(`assets/${entry}`))).toEqual([])
  }
})

test("the policy of the embed rests on no 'self', which in a frame without an origin is nothing to Safari", () => {
  const text = readFileSync(join(dist, 'embed.html'), 'utf8')
  const [, policy = ''] = /Content-Security-Policy" content="([^"]+)"/.exec(text) ?? []
  const inline = [...text.matchAll(/<script>([^<]+)<\/script>/g)].map(
    ([, code]) =>
      `'sha256-${createHash('sha256')
        .update(code as string)
        .digest('base64')}'`,
  )
  expect(policy).toContain(`script-src ${inline.join(' ')} 'strict-dynamic';`)
  expect(policy).not.toContain("'self'")
  expect(text).not.toMatch(/<script [^>]*src=|<link [^>]*rel="(?:stylesheet|modulepreload|preload)"/)
})

test('nothing of Monaco is in the first load', () => {
  for (const file of [...firstLoad('index.html'), ...firstLoad('embed.html')]) {
    expect(readFileSync(join(dist, file), 'utf8')).not.toContain('standaloneEditor')
    expect(statSync(join(dist, file)).size).toBeLessThan(800 * kib)
  }
})
