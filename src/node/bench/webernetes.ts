import { deployment } from './manifests.ts'

export interface PeerTask {
  readonly nodes: number
  readonly pods: number
  readonly limitMs: number
  readonly image: string
}

/** How long the peer took; or when and why it was given up, and how many pods were Ready by then. */
export type PeerResult = { readonly wallMs: number } | { readonly gaveUpMs: number; readonly why: string; readonly ready: number }

interface PeerContext {
  waitUntilKilled(): Promise<number>
}

interface PeerDeployment {
  readonly status?: { readonly readyReplicas?: number }
}

/** What is used of the package: its own declarations cannot be resolved from here. */
interface PeerPackage {
  readonly BaseImage: new () => object
  readonly Cluster: new (options: {
    readonly nodes: number
  }) => {
    registerImage(image: unknown): void
    init(): Promise<void>
    informer(resource: 'deployments', callback: (type: string, object: PeerDeployment) => void): { stop(): Promise<void> }
    apply(objects: readonly unknown[]): Promise<unknown>
    close(): Promise<void>
  }
}

/**
 * Runs the Deployment of `manifests.ts` in a webernetes cluster until all pods are Ready, by its own clock with its own defaults. Errors
 * it does not catch itself (names drawn twice) end the attempt. The package is loaded only here: it is no part of the page.
 */
export async function startPeer({ nodes, pods, limitMs, image }: PeerTask): Promise<PeerResult> {
  const { BaseImage, Cluster } = (await import('@ngrok/webernetes')) as unknown as PeerPackage
  const [imageName = '', imageVersion = ''] = image.split(':')
  class Server extends BaseImage {
    static readonly imageName = imageName
    static readonly imageVersion = imageVersion
    readonly defaultCommand = ['server']

    async exec(context: PeerContext): Promise<number> {
      return await context.waitUntilKilled()
    }
  }

  const start = performance.now()
  const sinceStart = () => performance.now() - start
  let ready = 0
  let end: (result: PeerResult) => void = () => undefined
  const ended = new Promise<PeerResult>((resolve) => {
    end = resolve
  })
  const giveUp = (why: string) => end({ gaveUpMs: sinceStart(), why, ready })
  const onError = (error: unknown) => giveUp(error instanceof Error ? error.message : String(error))
  process.on('unhandledRejection', onError)
  process.on('uncaughtException', onError)
  const limit = setTimeout(() => giveUp(`not done after ${limitMs / 1000} s`), limitMs)
  const cluster = new Cluster({ nodes })
  try {
    cluster.registerImage(Server)
    await cluster.init()
    const informer = cluster.informer('deployments', (_type, { status }) => {
      ready = status?.readyReplicas ?? 0
      if (ready === pods) end({ wallMs: sinceStart() })
    })
    await cluster.apply([deployment('web', pods)])
    const result = await ended
    await Promise.race([Promise.all([informer.stop(), cluster.close()]), new Promise((resolve) => setTimeout(resolve, 5000))])
    return result
  } finally {
    clearTimeout(limit)
    process.off('unhandledRejection', onError)
    process.off('uncaughtException', onError)
  }
}
