import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from './playground.ts'

const root = join(import.meta.dirname, '..')
const scenarios = ['article', 'node-not-ready', 'walk-003']

test('the same seed gives the same recording, byte for byte, in Node and in Chromium', async ({ page, playground }) => {
  const out = mkdtempSync(join(tmpdir(), 'recordings-'))
  const files = scenarios.map((id) => `e2e/conformance/scenarios/${id}.yaml`)
  execFileSync('npm', ['run', '-s', 'play', '--', ...files, '--out', out, '--seed', '7'], { cwd: root })
  const worker = readdirSync(join(root, 'dist/assets')).find((f) => /^worker-.*\.js$/.test(f))
  await playground.open()
  for (const id of scenarios) {
    const scenario = readFileSync(join(root, `e2e/conformance/scenarios/${id}.yaml`), 'utf8')
    const record = () =>
      page.evaluate(
        ([url, text]) =>
          new Promise<string>((resolve, reject) => {
            const engine = new Worker(url as string, { type: 'module' })
            engine.onerror = (event) => reject(new Error(event.message))
            engine.onmessage = ({ data }) => {
              if (data.type === 'ready') engine.postMessage({ type: 'record', id: 1, scenario: text, seed: 7 })
              if (data.type !== 'reply') return
              engine.terminate()
              if (data.ok) resolve(data.result.text)
              else reject(new Error(data.error.message))
            }
          }),
        [`./assets/${worker}`, scenario],
      )
    const first = await record()
    expect(first === (await record()), `${id}: twice in Chromium`).toBe(true)
    expect(first === readFileSync(join(out, `${id}.json`), 'utf8'), `${id}: Node and Chromium`).toBe(true)
  }
})
