import { readFileSync, writeFileSync } from 'node:fs'
import { isKubernetesVersion, newestVersion, versions } from '#k8s/version.ts'
import { readScenario } from '#scenario/read.ts'
import { kubeconfigFor } from './api/kubeconfig.ts'
import { createRealTime } from './api/real-time.ts'
import { serveApi } from './api/server.ts'
import { startCluster } from './api/start-cluster.ts'
import { readArguments } from './arguments.ts'
import { loadLate } from './load-late.ts'

const optionNames = ['port', 'scenario', 'kubernetes-version', 'kubeconfig', 'speed', 'seed']

function numberOption(options: Map<string, string>, name: string, fallback: number, isValid: (n: number) => boolean): number {
  const value = Number(options.get(name) ?? fallback)
  if (!isValid(value)) throw new Error(`--${name} ${options.get(name)} is not possible`)
  return value
}

/**
 * Serves a simulated cluster as a Kubernetes API server on 127.0.0.1 until it is interrupted. Its clock is the wall clock, `--speed`
 * times as fast; with another speed than 1, ages that kubectl itself computes (describe) are off.
 */
async function main(): Promise<void> {
  const { operands, options } = readArguments(process.argv.slice(2), optionNames)
  if (operands.length > 0)
    throw new Error('usage: npm run api -- [--port 8001] [--scenario FILE] [--kubernetes-version V] [--kubeconfig FILE] [--speed 1] [--seed 1]')
  const port = numberOption(options, 'port', 8001, (n) => Number.isInteger(n) && n >= 0 && n < 65_536)
  const speed = numberOption(options, 'speed', 1, (n) => n > 0 && n <= 1000)
  const seed = numberOption(options, 'seed', 1, Number.isInteger)
  const file = options.get('scenario')
  const scenario = file === undefined ? undefined : readScenario(readFileSync(file, 'utf8'))
  const version = options.get('kubernetes-version') ?? scenario?.version ?? newestVersion
  if (!isKubernetesVersion(version)) throw new Error(`Kubernetes version ${version} is not known; there are ${versions.join(', ')}`)

  await loadLate()
  // whole seconds, since the API's times are
  const cluster = startCluster({ version, seed }, scenario, Math.floor(Date.now() / 1000) * 1000)
  const clock = createRealTime(cluster, speed)
  const server = await serveApi(cluster, port, { beforeRequest: clock.catchUp })
  clock.start()
  const kubeconfig = kubeconfigFor(server.url)
  process.stdout.write(kubeconfig)
  const target = options.get('kubeconfig')
  if (target !== undefined) writeFileSync(target, kubeconfig)
  console.error(`A simulated Kubernetes ${version} cluster is served at ${server.url}; Ctrl+C ends it.`)
  if (target !== undefined) console.error(`Use it with: kubectl --kubeconfig ${target} get nodes`)

  const end = () => {
    clock.stop()
    server.close().finally(() => process.exit(0))
  }
  process.once('SIGINT', end)
  process.once('SIGTERM', end)
  // whoever started this (npm) may be ended without a word to its children
  const parent = process.ppid
  setInterval(() => process.ppid === parent || end(), 1000).unref()
}

main().catch((error: NodeJS.ErrnoException) => {
  console.error(error.code === 'EADDRINUSE' ? `${error.message}; choose another with --port` : error.message)
  if (process.env.DEBUG) console.error(error)
  process.exitCode = 1
})
