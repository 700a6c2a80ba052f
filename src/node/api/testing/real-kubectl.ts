import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Cluster } from '#engine/cluster.ts'
import type { KubernetesVersion } from '#k8s/version.ts'
import type { LineResult } from '#kubectl/testing/keep-printed.ts'
import { kubeconfigFor } from '../kubeconfig.ts'
import { type ApiServer, serveApi } from '../server.ts'

export interface Kubectl {
  path: string
  /** 33 of v1.33.1 */
  minor: number
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Silence after which a program with an open watch is taken to wait for the cluster, ms. */
const watchQuietMs = 30
/** Silence after which a program that polls is taken to sleep, ms. */
const sleepQuietMs = 600
/** How long kubectl sleeps between two looks, ms. */
const sleepMs = 1000
/** Cluster time at most between two looks at what a watching program does, ms. */
const strideMs = 1000
const lineLimitMs = 60_000

/** Notices when the same thing is read again and nothing was written in between: a slow program must not be taken for a sleeping one. */
class Polls {
  private readonly read = new Set<string>()
  evident = false

  see(method: string, url: string): void {
    if (method !== 'GET') this.forget()
    else if (this.read.has(url)) this.evident = true
    else this.read.add(url)
  }

  forget(): void {
    this.read.clear()
    this.evident = false
  }
}

/** A real kubectl whose cluster is simulated. The cluster's time stands still but while kubectl waits for it. */
export class RealKubectl {
  private readonly folder = mkdtempSync(join(tmpdir(), 'real-kubectl-'))
  private constructor(
    private readonly cluster: Cluster,
    private readonly server: ApiServer,
    private readonly polls: Polls,
    program: string,
  ) {
    mkdirSync(join(this.folder, 'bin'))
    symlinkSync(program, join(this.folder, 'bin/kubectl'))
    writeFileSync(join(this.folder, 'config'), kubeconfigFor(server.url))
  }

  /** `program` = path of the kubectl to run. */
  static async start(cluster: Cluster, program: string): Promise<RealKubectl> {
    const polls = new Polls()
    const server = await serveApi(cluster, 0, { beforeRequest: (method, url) => polls.see(method, url) })
    return new RealKubectl(cluster, server, polls, program)
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
    this.polls.forget()
    let seen = this.server.requests
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
      } else if (log.watches === 0 && this.polls.evident && now - quietFrom > sleepQuietMs) {
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

function pathOf(program: string): string | undefined {
  const { status, stdout } = spawnSync('sh', ['-c', `command -v "${program}"`], { encoding: 'utf8' })
  return status === 0 ? realpathSync(stdout.trim()) : undefined
}

/**
 * `$KUBECTL`, or the kubectl on the PATH, undefined when there is none that runs. Some installations have one that starts another, as
 * old as the cluster: that one is meant.
 */
export async function findKubectl(version: KubernetesVersion): Promise<Kubectl | undefined> {
  const path = pathOf(process.env.KUBECTL ?? 'kubectl')
  if (path === undefined) return undefined
  const kubectl = await RealKubectl.start(new Cluster({ version }), path)
  const { stdout } = await kubectl.run('kubectl version -o json').finally(() => kubectl.close())
  const { clientVersion } = JSON.parse(stdout || '{}') as { clientVersion?: { minor: string } }
  const minor = Number.parseInt(clientVersion?.minor ?? '', 10)
  if (Number.isNaN(minor)) return undefined
  const started = join(dirname(path), `kubectl.1.${minor}`)
  return { path: existsSync(started) ? started : path, minor }
}
