// npm test: installs what is missing, then lint, types, unit tests, build, end-to-end tests. Last line: N passed, N failed.
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { install, root, run } from './lib.mjs'

const reports = join(root, 'node_modules/.cache/reports')
await install()
rmSync(reports, { recursive: true, force: true })
mkdirSync(reports, { recursive: true })

let passed = 0
let failed = 0

/** A check that is one test: it passes when its command does. */
async function check(title, command, args) {
  console.log(`\n== ${title}`)
  const ok = (await run(command, args)) === 0
  if (ok) passed++
  else failed++
  return ok
}

/** A suite: its report says how many passed and failed; a run without a report counts as one failure. */
async function suite(title, command, args, env, file, count) {
  console.log(`\n== ${title}`)
  const status = await run(command, args, { env })
  try {
    const counted = count(JSON.parse(readFileSync(join(reports, file), 'utf8')))
    passed += counted.passed
    failed += counted.failed
    if (status !== 0 && counted.failed === 0) failed++
  } catch {
    failed++
  }
}

await check('lint', 'npx', ['biome', 'check', '--error-on-warnings', '--max-diagnostics=40'])
await check('types', 'npx', ['tsc', '-p', 'src'])
await suite(
  'unit tests',
  'npx',
  ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${join(reports, 'unit.json')}`],
  {},
  'unit.json',
  (report) => ({
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.testResults.filter((t) => t.status === 'failed' && t.assertionResults.length === 0).length,
  }),
)
if (await check('build', 'npx', ['vite', 'build', '--logLevel', 'warn']))
  await suite(
    'end-to-end tests',
    'npx',
    ['playwright', 'test', '-c', 'e2e'],
    { PLAYWRIGHT_JSON_OUTPUT_NAME: join(reports, 'e2e.json') },
    'e2e.json',
    ({ stats }) => ({
      passed: stats.expected + stats.flaky,
      failed: stats.unexpected,
    }),
  )

console.log(`\n${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
