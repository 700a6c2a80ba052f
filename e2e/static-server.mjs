// A plain static file server for the built site, mounted under a sub-path: what the site must work from.
// usage: static-server.mjs PORT [/sub/path/]. It sets no CORS header and no CSP, as the simplest of servers.
import { createReadStream, existsSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'

const [port = '4179', base = '/'] = process.argv.slice(2)
const dist = join(import.meta.dirname, '../dist')
const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.yaml': 'text/yaml; charset=utf-8',
  '.png': 'image/png',
}

createServer((request, response) => {
  const path = decodeURIComponent(new URL(request.url ?? '/', 'http://x').pathname)
  const file = join(dist, normalize(path.startsWith(base) ? path.slice(base.length) : ' '))
  const target = existsSync(file) && statSync(file).isDirectory() ? join(file, 'index.html') : file
  if (!target.startsWith(dist) || !existsSync(target)) {
    response.writeHead(404).end('not found')
    return
  }
  response.writeHead(200, { 'content-type': types[extname(target)] ?? 'application/octet-stream' })
  createReadStream(target).pipe(response)
}).listen(Number(port), '127.0.0.1')
