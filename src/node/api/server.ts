import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Cluster } from '#engine/cluster.ts'
import { loadFieldDocs } from '#kubectl/field-docs.ts'
import { failure, send } from './answer.ts'
import { handle } from './handle.ts'
import type { Backend } from './request.ts'
import { WatchLog } from './watch-log.ts'

const host = '127.0.0.1'

/** Names by which a loopback server is called; others come from web pages that rebound theirs. Pages also name their origin. */
const ownNames = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/

export interface ApiServerOptions {
  /** Called before every request: brings the cluster to the present. */
  beforeRequest?: (method: string, url: string) => void
}

/** The simulated cluster's API on a loopback port. */
export interface ApiServer {
  /** `http://127.0.0.1:8001` */
  readonly url: string
  readonly log: WatchLog
  /** Requests being answered, watches not counted. */
  readonly busy: number
  /** Requests that came in so far. */
  readonly requests: number
  close(): Promise<void>
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port))
  })
}

/** Serves the cluster; port 0 = any free one. Rejects when the port is taken. */
export async function serveApi(cluster: Cluster, port: number, { beforeRequest }: ApiServerOptions = {}): Promise<ApiServer> {
  await Promise.all([cluster.client.loadFieldOwners(), loadFieldDocs()])
  const log = new WatchLog(cluster.revision)
  const stop = cluster.core.listen((type, object, old) => log.add({ type, object, old }))
  const backend: Backend = { cluster, log }
  let busy = 0
  let requests = 0
  const server = createServer((request, response) => {
    requests++
    busy++
    bodyOf(request)
      .then((body) => {
        const { method = 'GET', url = '/', headers } = request
        if (!ownNames.test(headers.host ?? '') || headers.origin !== undefined) {
          send(response, failure(403, 'Forbidden', 'this server answers programs on this machine only, not web pages'))
          return
        }
        beforeRequest?.(method, url)
        send(
          response,
          handle(backend, { method, url, accept: headers.accept, contentType: headers['content-type'], userAgent: headers['user-agent'], body }),
        )
      })
      .catch((error: unknown) => {
        console.error(error)
        response.destroy()
      })
      .finally(() => {
        busy--
      })
  })
  const bound = await listen(server, port)
  return {
    url: `http://${host}:${bound}`,
    log,
    get busy() {
      return busy
    },
    get requests() {
      return requests
    },
    close: () =>
      new Promise((resolve) => {
        stop()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
