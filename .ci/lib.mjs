// What the start and test scripts share: running commands, and installing what is missing.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** Runs a command in the project's folder; resolves to its exit status. Output goes through unless `onOutput` takes it. */
export function run(command, args, { env, onOutput } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', onOutput ? 'pipe' : 'inherit', onOutput ? 'pipe' : 'inherit'],
      shell: process.platform === 'win32',
    })
    child.stdout?.on('data', (chunk) => onOutput(String(chunk)))
    child.stderr?.on('data', (chunk) => onOutput(String(chunk)))
    child.on('error', (error) => {
      console.error(`${command} could not be started: ${error.message}`)
      resolve(127)
    })
    child.on('close', (code) => resolve(code ?? 1))
  })
}

const read = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : '')

/** The packages that are installed are the ones the lock file names. */
function isInstalled() {
  const wanted = JSON.parse(read(join(root, 'package-lock.json')) || '{}').packages ?? {}
  const present = JSON.parse(read(join(root, 'node_modules/.package-lock.json')) || '{}').packages ?? {}
  return Object.entries(wanted).every(([path, { version, optional }]) => path === '' || optional || present[path]?.version === version)
}

/** Installs the packages of the lock file unless they are there. Ends the process when that fails. */
export async function install() {
  if (isInstalled()) return
  console.log('Installing packages (npm ci) …')
  const status = await run('npm', ['ci', '--no-audit', '--no-fund'])
  if (status !== 0) {
    console.error('npm ci failed: see above. The page needs Node 20.19 or newer and access to the npm registry.')
    process.exit(status)
  }
}
