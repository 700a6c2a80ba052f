// npm start: installs what is missing, builds the site and serves it; prints the address.
import { install, root, run } from './lib.mjs'

await install()
const status = await run('npx', ['vite', 'build', '--logLevel', 'warn'])
if (status !== 0) process.exit(status)
const { preview } = await import('vite')
const server = await preview({ root, preview: { port: Number(process.env.PORT ?? 4173), strictPort: false }, logLevel: 'warn' })
const [address] = server.resolvedUrls?.local ?? []
console.log(`\nDaemonSet Playground: ${address}\nEmbed:                ${address}embed.html?scenario=article\n\nPress Ctrl+C to stop.`)
