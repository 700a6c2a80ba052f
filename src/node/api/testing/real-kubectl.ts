import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Cluster } from '#engine/cluster.ts'
import { kubeconfigFor } from '../kubeconfig.ts'
import { type ApiServer, serveApi } from '../server.ts'

export interface LineResult {
  stdout: string
  stderr: string
  exit: number
}

/** The kubectl to compare with: `$KUBECTL`, or the one on the PATH. */
const program = process.env.KUBECTL ?? 'kubectl'

/** Whether there is one that runs, and a shell for its lines. */
export const hasKubectl = spawnSync('sh', ['-c', `"${program}" version --client`], { stdio: 'ignore' }).status === 0

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Silence after which a program with an open watch is taken to wait for the cluster, ms. */
const watchQuietMs = 30
/** Silence after which a program without one, which has asked something before, is taken to sleep, ms. */
const sleepQuietMs = 600
/** How long kubectl sleeps between two looks, ms. */
const sleepMs = 1000
/** Cluster time at most between two looks at what a watching program does, ms. */
const strideMs = 1000
const lineLimitMs = 60_000

/** A real kubectl whose cluster is simulated. The cluster's time stands still but while kubectl waits for it. */
export class RealKubectl {
  private readonly folder = mkdtempSync(join(tmpdir(), 'real-kubectl-'))

  private constructor(
    private readonly cluster: Cluster,
    private readonly server: ApiServer,
  ) {
    mkdirSync(join(this.folder, 'bin'))
    if (program.includes('/')) symlinkSync(program, join(this.folder, 'bin/kubectl'))
    writeFileSync(join(this.folder, 'config'), kubeconfigFor(server.url))
  }

  static async start(cluster: Cluster): Promise<RealKubectl> {
    return new RealKubectl(cluster, await serveApi(cluster, 0))
  }

  /** Puts a file where the lines run. */
  writeFile(name: string, text: string): void {
    writeFileSync(join(this.folder, name), text)
  }

  /** Runs a shell line to its end, or for `limitMs` of real time. Never rejects; a line that takes too long has exit status -1. */
  async run(line: string, stdin = '', limitMs = lineLimitMs): Promise<LineResult> {
    const { folder } = this
    const path = `${join(folder, 'bin')}:${process.env.PATH}`
    const env = { ...process.env, PATH: path, HOME: folder, TMPDIR: folder, KUBECONFIG: join(folder, 'config'), TZ: 'UTC' }
    const child = spawn('sh', ['-c', line], { env, cwd: folder, detached: true })
    const result: LineResult = { stdout: '', stderr: '', exit: -1 }
    child.stdout.on('data', (text) => {
      result.stdout += text
    })
    child.stderr.on('data', (text) => {
      result.stderr += text
    })
    child.stdin.on('error', () => {})
    child.stdin.end(stdin)
    let running = true
    const end = performance.now() + limitMs
    child.on('close', (code) => {
      running = false
      result.exit = code ?? -1
    })
    const first = this.server.requests
    let seen = first
    let quietFrom = performance.now()
    while (running) {
      await sleep(5)
      const now = performance.now()
      if (now > end && child.pid !== undefined) process.kill(-child.pid)
      const { requests, busy, log } = this.server
      if (busy > 0 || requests !== seen) {
        seen = requests
        quietFrom = now
      } else if (log.watches > 0 && now - quietFrom > watchQuietMs) {
        this.advanceToChange()
        quietFrom = now
      } else if (log.watches === 0 && requests > first && now - quietFrom > sleepQuietMs) {
        this.cluster.runFor(sleepMs)
        quietFrom = now
      }
    }
    return result
  }

  private advanceToChange(): void {
    const { cluster } = this
    const end = cluster.nowMs + strideMs
    const before = cluster.revision
    while (cluster.revision === before && (cluster.nextTimerMs ?? Number.POSITIVE_INFINITY) <= end) cluster.step()
    if (cluster.revision === before) cluster.runUntil(end)
  }

  async close(): Promise<void> {
    await this.server.close()
    rmSync(this.folder, { recursive: true, force: true })
  }
}
